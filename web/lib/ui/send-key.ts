// Which key sends what is written.

/** Enter, unless an input method is composing: then it chooses a word. Safari tells only by the key code. */
export const isSendKey = ({ key, shiftKey, isComposing, keyCode }: KeyboardEvent): boolean =>
  key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229;
