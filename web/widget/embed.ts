// What the loader hands to the panel, and what it gets back. Types only: the two are built apart.

import type { Catalogue } from './catalogue.ts';

export interface Embed {
  /** Of the Worker, where the script came from. */
  origin: string;
  /** `data-department` of the script tag. */
  department: string | null;
  /** `data-agent`: the id of whom the page asks for. */
  agent: string | null;
  /** The language that the panel speaks, and its sentences. */
  locale: string;
  catalogue: Catalogue;
  /** Holds the launcher; the panel is mounted into it too. */
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  /** Sits on the launcher and counts unread replies. */
  badge: HTMLElement;
}

export interface PanelHandle {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

export type MountPanel = (embed: Embed) => PanelHandle;

declare global {
  interface Window {
    Parley?: { open(): void; close(): void };
  }
}
