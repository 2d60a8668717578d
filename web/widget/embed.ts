// What the loader hands to the panel, and what it gets back: the two are built apart, and after a deployment a loader
// may meet a panel that is newer than itself.

/** Answers with the panel of the newest deployment, whatever its fingerprint. */
export const NEWEST_PANEL = '/widget-panel.js';

/** The sentences that the loader has fetched already; null when it could not. */
export type EarlyResponse = Promise<Response | null>;

export interface Embed {
  /** Of the Worker, where the script came from. */
  origin: string;
  /** `data-department` of the script tag. */
  department: string | null;
  /** `data-agent`: the id of whom the page asks for. */
  agent: string | null;
  /** The language that the panel speaks, and its sentences. */
  locale: string;
  sentences: EarlyResponse;
  /** Holds the launcher; the panel is mounted into it too. */
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  /** Puts the panel of the newest deployment in this one's place. */
  renew: () => void;
}

export interface PanelHandle {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

export type MountPanel = (embed: Embed) => Promise<PanelHandle>;

declare global {
  interface Window {
    Parley?: { open(): void; close(): void };
  }
}
