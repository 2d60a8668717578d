// All that a host page loads before the visitor shows intent: one button that fetches the panel.
import type { open } from './panel/main.ts';

declare const __PANEL__: string;

const script = document.currentScript as HTMLScriptElement;
const origin = new URL(script.src).origin;

const launcher = document.createElement('button');
launcher.textContent = '💬';
launcher.style.cssText = 'position:fixed;inset-block-end:16px;inset-inline-end:16px';
launcher.onclick = async () => {
  const panel = (await import(/* @vite-ignore */ origin + __PANEL__)) as { open: typeof open };
  panel.open({ origin, launcher });
};
document.body.append(launcher);
