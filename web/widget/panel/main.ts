// The panel's entry: mounts it into a shadow root, where the host page's styles can't reach it.
import { mount } from 'svelte';
import Panel from './panel.svelte';

export function open({ origin, launcher }: { origin: string; launcher: HTMLElement }): void {
  const host = document.createElement('div');
  launcher.after(host);
  mount(Panel, { target: host.attachShadow({ mode: 'open' }), props: { origin } });
}
