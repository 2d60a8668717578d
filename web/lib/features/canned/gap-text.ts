// What a placeholder stands for, in the agent's language.

import type { Placeholder } from '#shared/canned-responses/placeholders.ts';
import { m } from '#messages/compiled/messages.js';

const NAMES: Record<Placeholder, () => string> = {
  'contact.name': m.canned_contact_name,
  'contact.email': m.canned_contact_email,
  'contact.phone': m.canned_contact_phone,
  'agent.name': m.canned_agent_name,
  'department.name': m.canned_department_name,
};

export const gapText = (placeholder: Placeholder): string => NAMES[placeholder]();
