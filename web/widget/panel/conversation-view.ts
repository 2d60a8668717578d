// What a panel shows of a conversation: the chunk that is fetched once the visitor can type.

export { default as EndQuestion } from './EndQuestion.svelte';
export { default as StatusLine } from './StatusLine.svelte';
export { default as Thread } from './Thread.svelte';
