// Moves the focus from message to message of a thread. They are no stops of Tab: there are too many.

const MESSAGES = '[data-message]';

const messagesAround = (one: Element): HTMLElement[] => [
  ...(one.closest('ol')?.querySelectorAll<HTMLElement>(MESSAGES) ?? []),
];

/** The last one in the page's thread, or the composer where there is none. */
export function focusLastMessage(): void {
  const messages = document.querySelectorAll<HTMLElement>(`main ${MESSAGES}`);
  const last = messages[messages.length - 1];
  if (last) focus(last);
  else focusComposer();
}

export const focusComposer = (): void => document.getElementById('composer')?.focus();

/** True when the press was for the messages beside one. */
export function moveFocus(from: HTMLElement, key: string): boolean {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step === undefined) return false;
  const messages = messagesAround(from);
  const next = messages[messages.indexOf(from) + step];
  if (next) focus(next);
  else if (step === 1) focusComposer();
  return true;
}

function focus(message: HTMLElement): void {
  message.focus({ preventScroll: true });
  message.scrollIntoView({ block: 'nearest' });
}
