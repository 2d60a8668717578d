// The contacts that what is typed finds, for lists beside other things that it finds.

import { onMount, untrack } from 'svelte';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import { m } from '#messages/compiled/messages.js';
import { Finder } from '../search/finder.svelte.ts';
import { askContacts, contactsWanted } from './ask-contacts.ts';

/** Call it while a component is made. */
export function foundContacts(typed: () => string) {
  const finder = new Finder(askContacts, 1);
  const wanted = $derived(contactsWanted(typed()));
  const problem = $derived.by(() => {
    if (finder.refusal) return refusalSentence(finder.refusal);
    return finder.hasFailed ? m.palette_contacts_failed() : null;
  });
  $effect(() => {
    const search = wanted;
    untrack(() => finder.look(search));
  });
  onMount(() => () => finder.stop());

  return {
    get wanted() {
      return wanted;
    },
    get hits() {
      return finder.hits;
    },
    get isLooking() {
      return finder.isLooking;
    },
    get isDone() {
      return finder.isDone;
    },
    /** Why there is no answer; null: there is one, or it is on its way. */
    get problem() {
      return problem;
    },
  };
}
