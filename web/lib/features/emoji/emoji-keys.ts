// The keys that open the emoji picker while one writes.

export const EMOJI_KEYS = 'mod+shift+e';
