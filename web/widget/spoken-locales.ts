// The languages that the widget speaks, the default first. Fewer than the workspace's: its loader carries two sentences
// of each, and has to stay small.

export const SPOKEN_LOCALES = ['en', 'de'] as const;
