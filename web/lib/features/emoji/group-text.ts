// What the groups of emoji are called, in the agent's language.

import { m } from '#messages/compiled/messages.js';

const NAMES: Readonly<Record<string, () => string>> = {
  'Smileys & Emotion': m.emoji_smileys,
  'People & Body': m.emoji_people,
  'Animals & Nature': m.emoji_nature,
  'Food & Drink': m.emoji_food,
  'Travel & Places': m.emoji_travel,
  Activities: m.emoji_activities,
  Objects: m.emoji_objects,
  Symbols: m.emoji_symbols,
  Flags: m.emoji_flags,
};

export const groupText = (category: string): string => NAMES[category]?.() ?? category;
