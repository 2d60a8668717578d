// What a panel knows and shows of a conversation: the chunk that is fetched once the visitor can type.

export { CurrentConversation } from './current-conversation.svelte.ts';
export { default as EndQuestion } from './EndQuestion.svelte';
export { default as StatusLine } from './StatusLine.svelte';
export { default as Thread } from './Thread.svelte';
