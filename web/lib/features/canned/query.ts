// What is being looked for among the canned responses: all that follows an exclamation mark at the start of a text.

/** Null when the text looks for none. A blank or a second mark after the first makes it a message. */
export const cannedQueryIn = (text: string): string | null =>
  /^!(?![!\s])([^\n]{0,60})$/.exec(text)?.[1] ?? null;

/** Whether it is a shortcut and nothing else, which nobody means to send. */
export const isShortcut = (query: string): boolean => query !== '' && !/\s/.test(query);
