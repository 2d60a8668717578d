// What calls an agent, as a notification has it.

import { TRIAL_TAG, type PushMessage } from '#shared/alerts/push.ts';
import type { Alert, AlertReason } from '#shared/alerts/alert.ts';
import { previewText } from '#shared/formatting/preview-text.ts';
import type { DepartmentId } from '#shared/ids.ts';
// Not its object `m`: a bundler would keep every sentence of it.
import * as m from './compiled/messages.js';
import type { Locale } from './locale.ts';

type Say = (blanks: { name: string; department: string }, options: { locale: Locale }) => string;

const TITLES: Record<AlertReason, Say> = {
  queued: m.call_queued,
  assigned: m.call_assigned,
  invited: m.call_invited,
  message: m.call_message,
  mention: m.call_mention,
  direct: m.call_direct,
  sla: m.call_sla,
  unanswered: m.call_unanswered,
};

/** @param department its name; empty where there is none */
export const alertTitle = (
  { reason, name }: Pick<Alert, 'reason' | 'name'>,
  department: string,
  locale: Locale,
): string => TITLES[reason]({ name, department }, { locale });

/** @param named what the settings call a department */
export const alertMessage =
  (alert: Alert, named: (id: DepartmentId) => string) =>
  (locale: Locale): PushMessage => ({
    title: alertTitle(alert, alert.departmentId === null ? '' : named(alert.departmentId), locale),
    body: previewText(alert.text),
    tag: alert.about,
    path: alert.path,
  });

export const trialMessage = (locale: Locale): PushMessage => ({
  title: m.call_trial({}, { locale }),
  body: m.call_trial_text({}, { locale }),
  tag: TRIAL_TAG,
  path: '/account/notifications',
});
