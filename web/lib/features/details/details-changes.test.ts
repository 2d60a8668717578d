import { expect, test } from 'vitest';
import { NO_DETAILS } from '#shared/conversation/events.ts';
import { detailsChanges } from './details-changes.ts';

const begun = { topic: 'Delivery', tags: ['Order'], priority: null, sla: 'gold' };

test('[WS33] only what was changed in the form is saved', () => {
  expect(detailsChanges(begun, { ...begun, tags: ['Order'] })).toEqual({});
  expect(detailsChanges(begun, { ...begun, topic: null })).toEqual({ topic: null });
  expect(detailsChanges(begun, { ...begun, tags: ['Order', 'Praise'] })).toEqual({
    tags: ['Order', 'Praise'],
  });
  expect(detailsChanges(begun, NO_DETAILS)).toEqual({ topic: null, tags: [], sla: null });
  expect(detailsChanges(begun, { ...begun, priority: 'urgent' })).toEqual({ priority: 'urgent' });
});
