// The book of a run: the histories of all its conversations.

import type { ConversationHistory } from './history.ts';

export class Book {
  readonly histories = new Map<string, ConversationHistory>();

  open(id: string, visitorId: string, departmentId: string): ConversationHistory {
    const history = { id, visitorId, departmentId, commands: [], tabs: [] };
    this.histories.set(id, history);
    return history;
  }

  find(id: string): ConversationHistory | undefined {
    return this.histories.get(id);
  }
}
