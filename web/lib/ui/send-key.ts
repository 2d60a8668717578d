// Which key sends what is written.

export function isSendKey(event: KeyboardEvent): boolean {
  // While an input method composes, Enter chooses a word; Safari tells only by the key code.
  const isComposing = event.isComposing || event.keyCode === 229;
  return event.key === 'Enter' && !event.shiftKey && !isComposing;
}
