import CircleDot from '@lucide/svelte/icons/circle-dot';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const availability: Action = {
  id: 'availability',
  label: m.action_availability,
  synonyms: m.synonyms_availability,
  icon: CircleDot,
  keys: ['a'],
  how: {
    perform(context) {
      const { agent } = context.workspace;
      const isAvailable = agent.availability === 'available';
      agent.setAvailability(isAvailable ? 'away' : 'available');
      context.say(isAvailable ? m.notice_away() : m.notice_available());
    },
  },
};
