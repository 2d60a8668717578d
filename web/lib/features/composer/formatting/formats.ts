// The formats that a text is given while it is written: their names, icons and keys. What they do loads when first used.

import Bold from '@lucide/svelte/icons/bold';
import Code from '@lucide/svelte/icons/code';
import Italic from '@lucide/svelte/icons/italic';
import Link from '@lucide/svelte/icons/link';
import List from '@lucide/svelte/icons/list';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Quote from '@lucide/svelte/icons/text-quote';
import Strikethrough from '@lucide/svelte/icons/strikethrough';
import type { Component } from 'svelte';
import { m } from '#messages/compiled/messages.js';
import type { FormatId } from './format-keys.ts';

interface Format {
  readonly id: FormatId;
  readonly label: () => string;
  readonly icon: Component<{ size?: number }>;
}

/** In the order in which they are shown. */
export const FORMATS: readonly Format[] = [
  { id: 'bold', label: m.format_bold, icon: Bold },
  { id: 'italic', label: m.format_italic, icon: Italic },
  { id: 'strike', label: m.format_strike, icon: Strikethrough },
  { id: 'code', label: m.format_code, icon: Code },
  { id: 'link', label: m.format_link, icon: Link },
  { id: 'bullets', label: m.format_bullets, icon: List },
  { id: 'numbers', label: m.format_numbers, icon: ListOrdered },
  { id: 'quote', label: m.format_quote, icon: Quote },
];
