import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import { m } from '#messages/compiled/messages.js';
import type { ContactProblem } from './contact-info.svelte.ts';

/** What went wrong, as a sentence. */
export const problemText = (problem: ContactProblem): string =>
  problem === 'offline' ? m.notice_offline() : refusalSentence(problem);
