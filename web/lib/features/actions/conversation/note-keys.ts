// The keys that turn a reply into a note and back.

export const NOTE_KEYS = {
  anywhere: 'o',
  /** Also while one writes. */
  inText: 'mod+o',
} as const;
