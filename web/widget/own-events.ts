// What happens in the widget stays in it. A page sees only its element, not the field in it: it would take what a
// visitor types for its own shortcuts, and the focus for one that has left its dialog.

/** As one text, which the loader's few bytes have room for. */
const OWN_EVENTS = 'keydown keypress keyup beforeinput input paste copy cut focusin focusout';

/** They end at the widget's element, when everything in it has heard them. */
export function keepEventsIn(host: HTMLElement): void {
  for (const type of OWN_EVENTS.split(' '))
    host.addEventListener(type, (event) => event.stopPropagation());
}
