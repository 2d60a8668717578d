// What calls an agent beside their conversations: direct chats with what is unread in them, and notes that mention
// them.

import * as v from 'valibot';
import type { AgentEvent, AgentState } from '#shared/agent.ts';
import { pathOfConversation } from '#shared/alerts/alert.ts';
import type { PairId } from '#shared/direct-chat/pair.ts';
import type { ConversationId } from '#shared/ids.ts';
import {
  directChatSummarySchema,
  DIRECT_CHATS_IN_SIGHT,
  type DirectChatSummary,
} from '#shared/direct-chat/summary.ts';
import { mentionSchema, type Mention } from '#shared/mention.ts';
import type { Alerts } from './alerts.ts';

export const INBOX_TABLES = `
  CREATE TABLE direct_chat (
    pair_id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE mention (
    conversation_id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    is_seen INTEGER NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID`;

/** What a direct chat of the agent's comes to now. */
interface DirectChatNews {
  readonly of: 'direct-chat';
  readonly chat: DirectChatSummary;
  /** Of the last event there. */
  readonly seq: number;
  /** Up to where they have seen it. */
  readonly seen: number;
}

/** What other actors tell. */
export type News = DirectChatNews | { readonly of: 'mention'; readonly mention: Mention };

/** More are open with nobody who looks after them. */
const MOST_MENTIONS = 50;

export class Inbox {
  readonly #sql: SqlStorage;
  readonly #alerts: Pick<Alerts, 'raise' | 'reword' | 'seen'>;
  readonly #tell: (event: AgentEvent) => void;

  /** @param tell the agent's tabs */
  constructor(
    sql: SqlStorage,
    alerts: Pick<Alerts, 'raise' | 'reword' | 'seen'>,
    tell: (event: AgentEvent) => void,
  ) {
    this.#sql = sql;
    this.#alerts = alerts;
    this.#tell = tell;
  }

  all(): Pick<AgentState, 'directChats' | 'mentions'> {
    return { directChats: this.#directChats(), mentions: this.#mentions() };
  }

  /** What is older than what is known changes nothing. */
  put(news: News): void {
    if (news.of === 'mention') this.#hearMention(news.mention);
    else this.#hearDirectChat(news);
  }

  #hearMention(mention: Mention): void {
    if (!this.#putMention(mention)) return;
    this.#tell({ type: 'mention.added', ...mention });
    const { conversationId: about, seq, by: name, departmentId, text } = mention;
    const path = pathOfConversation(about);
    this.#alerts.raise({ reason: 'mention', about, seq, name, departmentId, text, path });
  }

  #hearDirectChat(news: DirectChatNews): void {
    const { chat } = news;
    const { pairId: about, colleague, lastMessage, unread } = chat;
    const { seq, from, text } = lastMessage;
    const isNew = seq > this.#seqOf(about);
    if (!this.#putDirectChat(news)) return;
    this.#tell({ type: 'direct-chat.changed', ...chat });
    if (unread === 0) this.#alerts.seen(about, seq);
    if (unread === 0 || from !== colleague.id) return;
    const path = `/direct/${colleague.id}`;
    const alert = { about, seq, name: colleague.name, departmentId: null, text, path };
    if (isNew && text !== '') this.#alerts.raise({ reason: 'direct', ...alert });
    else this.#alerts.reword({ reason: 'direct', ...alert });
  }

  seeMention(id: ConversationId): void {
    this.#sql.exec('UPDATE mention SET is_seen = 1 WHERE conversation_id = ?', id);
  }

  #directChats(): DirectChatSummary[] {
    return this.#sql
      .exec<{ body: string }>(
        'SELECT body FROM direct_chat ORDER BY at DESC LIMIT ?',
        DIRECT_CHATS_IN_SIGHT,
      )
      .toArray()
      .map(({ body }) => v.parse(directChatSummarySchema, JSON.parse(body)));
  }

  #mentions(): Mention[] {
    return this.#sql
      .exec<{ body: string }>('SELECT body FROM mention WHERE is_seen = 0')
      .toArray()
      .map(({ body }) => v.parse(mentionSchema, JSON.parse(body)))
      .sort((one, other) => one.at - other.at)
      .slice(-MOST_MENTIONS);
  }

  /** Of the last event that is known; 0: none. */
  #seqOf(id: PairId): number {
    const query = 'SELECT seq FROM direct_chat WHERE pair_id = ?';
    return this.#sql.exec<{ seq: number }>(query, id).toArray()[0]?.seq ?? 0;
  }

  #putDirectChat({ chat, seq, seen }: DirectChatNews): boolean {
    const { pairId, lastMessage } = chat;
    const written = this.#sql.exec(
      `INSERT INTO direct_chat (pair_id, seq, seen, at, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE
       SET seq = excluded.seq, seen = excluded.seen, at = excluded.at, body = excluded.body
       WHERE (excluded.seq, excluded.seen) > (direct_chat.seq, direct_chat.seen)`,
      pairId,
      seq,
      seen,
      lastMessage.at,
      JSON.stringify(chat),
    );
    return written.rowsWritten > 0;
  }

  /** One that was seen stays known, so that it is not told again. */
  #putMention(mention: Mention): boolean {
    const written = this.#sql.exec(
      `INSERT INTO mention (conversation_id, seq, is_seen, body) VALUES (?, ?, 0, ?)
       ON CONFLICT DO UPDATE SET seq = excluded.seq, is_seen = 0, body = excluded.body
       WHERE excluded.seq > mention.seq`,
      mention.conversationId,
      mention.seq,
      JSON.stringify(mention),
    );
    return written.rowsWritten > 0;
  }
}
