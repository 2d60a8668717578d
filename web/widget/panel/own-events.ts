// What happens in the widget stays in it. A page sees only its element, not the field in it: it would take what a
// visitor types for its own shortcuts, the focus for one that has left its dialog, and each turn of the wheel for its
// own pages.

const OWN_EVENTS = [
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste', 'copy', 'cut'],
  ...['compositionstart', 'compositionupdate', 'compositionend', 'focusin', 'focusout'],
  ...['wheel', 'touchmove', 'contextmenu', 'selectstart'],
];

/** They end at the widget's element, when everything in it has heard them. */
export function keepEventsIn(host: Element): void {
  for (const type of OWN_EVENTS)
    host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
}
