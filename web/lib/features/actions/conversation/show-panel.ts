import { m } from '#messages/compiled/messages.js';
import { PANELS, type PanelId } from '../../panels/panels.ts';
import type { Action } from '../action.ts';

/** Shows a panel beside the conversation, or hides it. */
const showPanel = (id: PanelId): Action => ({
  id,
  ...PANELS[id],
  blocked: ({ workspace }) => (workspace.opened ? null : m.blocked_nothing_open()),
  quick: () => 'menu',
  how: { perform: ({ panel }) => panel.toggle(id) },
});

/** Shows it ready to type in, also when it is shown already. */
const searchIn: Action = {
  ...showPanel('search'),
  id: 'search-in',
  synonyms: m.synonyms_search,
  blocked: ({ workspace: { opened, directChats } }) =>
    opened || directChats.opened ? null : m.blocked_nothing_open(),
  how: {
    perform: ({ panel, workspace: { directChats } }) =>
      directChats.opened ? directChats.callSearch() : panel.edit('search'),
  },
};

export const showPanels: readonly Action[] = [
  showPanel('details'),
  showPanel('contact'),
  showPanel('history'),
  searchIn,
  showPanel('canned'),
];
