// The chunk that is fetched where no agent is there: a message is left instead.

export { default as OfflineForm } from './offline-form/OfflineForm.svelte';
