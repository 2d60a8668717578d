// What happens in the widget stays in it. A page sees only its element, not the field in it: it would take what a
// visitor types for its own shortcuts, the focus for one that has left its dialog, and each turn of the wheel for its
// own pages.

/** As one text, which takes fewer bytes. */
const OWN_EVENTS =
  'keydown keypress keyup beforeinput input paste copy cut focusin focusout compositionstart compositionend wheel touchmove';

/** They end at the widget's element, when everything in it has heard them. */
export function keepEventsIn(host: Element): void {
  for (const type of OWN_EVENTS.split(' '))
    host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
}
