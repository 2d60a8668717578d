// The chunk that is fetched when the server wants to know that a visitor is human.

export { default as HumanCheck } from './human-check/HumanCheck.svelte';
export { askForCheck } from './human-check/check-state.svelte.ts';
