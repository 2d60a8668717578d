import * as v from 'valibot';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { DirectChatPage } from '#shared/direct-chat/api.ts';
import {
  evolveDirectChat,
  NEW_DIRECT_CHAT,
  type DirectChatEvent,
} from '#shared/direct-chat/direct-chat.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import type { DirectChatSummary } from '#shared/direct-chat/summary.ts';
import { directChatClientFrame, PROTOCOL } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import { directIn } from '#shared/internal-drafts.ts';
import { AgentDrafts } from './agent-drafts.svelte.ts';
import { DirectChats } from './direct-chats.svelte.ts';
import { DraftSender } from './draft-sender.ts';
import { Outbox } from './outbox.ts';
import { FakeBrowser, storageInMemory, type FakePage } from './testing/environment.ts';
import { MARA, NOOR } from './testing/server.ts';
import type { FakeSocket } from './testing/socket.ts';
import { settled, useFakeTime } from './testing/time.ts';

useFakeTime();

const PAIR = pairIdOf(MARA.id, NOOR.id);

/** The chat of Mara and Noor, as the server has it. */
class FakeChat {
  isDown = false;
  events: DirectChatEvent[] = [];
  readonly browser = new FakeBrowser((socket) => this.#accept(socket));

  get texts(): string[] {
    return this.events.flatMap((event) => ('body' in event ? event.body.text : []));
  }
  get page(): DirectChatPage {
    return {
      ...{ pairId: PAIR, isOpen: true, receipts: {}, hasEarlier: false, events: this.events },
      colleague: { agentId: NOOR.id, name: NOOR.name, username: 'noor' },
      seq: this.events.length,
      state: this.events.reduce(evolveDirectChat, NEW_DIRECT_CHAT),
    };
  }

  #accept(socket: FakeSocket): void {
    if (this.isDown) return;
    socket.onSent = (raw) => {
      if (raw !== 'ping') setTimeout(() => this.#answer(socket, raw));
    };
    setTimeout(() => socket.open());
  }

  #answer(socket: FakeSocket, raw: unknown): void {
    const frame = v.parse(directChatClientFrame, raw);
    if (frame.type === 'hello') {
      socket.hear({ type: 'welcome', protocol: PROTOCOL, reset: true, ...this.page });
    }
    if (frame.type !== 'command' || frame.command.type !== 'message.send') return;
    const seq = this.events.length + 1;
    const event: DirectChatEvent = {
      ...{ type: 'message.sent', body: frame.command.body, by: MARA, id: frame.id, seq, at: seq },
    };
    this.events = [...this.events, event];
    socket.hear({ type: 'events', upTo: seq, events: [event] });
  }
}

function load(chat: FakeChat, page: FakePage = chat.browser.page()) {
  const storage = storageInMemory();
  const drafts = new AgentDrafts(
    MARA.id,
    {},
    () => storage,
    () => null,
  );
  const agent: { directChats: DirectChatSummary[] } = { directChats: [] };
  const outbox = new Outbox(page.outboxStorage(MARA.id));
  const requests = { earlierDirect: () => Promise.reject(new Error('Nothing was to be fetched.')) };
  const chats = new DirectChats({
    ...{ me: MARA.id, agent, origin: 'https://chat.example', outbox, requests },
    environment: page,
  });
  void chats.connect();
  return { page, chats, agent, drafts, sender: new DraftSender(drafts) };
}

async function write({ chats, drafts, sender }: ReturnType<typeof load>, text: string) {
  const { opened } = chats;
  if (!opened) throw new Error('no chat is open');
  drafts.write(directIn(opened.id), text);
  await sender.direct(opened);
}

test('[DR11] what was written offline is sent when the agent has gone to another page', async () => {
  const chat = new FakeChat();
  chat.isDown = true;
  const loaded = load(chat);
  loaded.chats.open(chat.page);
  await write(loaded, 'Are you free?');
  loaded.chats.leave();
  await settled();
  expect(chat.texts).toEqual([]);
  chat.isDown = false;
  for (const socket of loaded.page.sockets) socket.lose();
  loaded.page.wake();
  await settled();
  expect(chat.texts).toEqual(['Are you free?']);
});

test('[DR11] what was written offline is sent after a reload, wherever the page is then', async () => {
  const chat = new FakeChat();
  chat.isDown = true;
  const loaded = load(chat);
  loaded.chats.open(chat.page);
  await write(loaded, 'Are you free?');
  loaded.page.kill();
  chat.isDown = false;
  const again = load(chat);
  await settled();
  expect(chat.texts).toEqual(['Are you free?']);
  expect(again.chats.opened).toBeNull();
});

test('[DR5] of the chat that is open, the page knows best what is unread', async () => {
  const chat = new FakeChat();
  chat.events = [
    {
      ...{ type: 'message.sent', body: textBody('Hello'), by: NOOR, seq: 1, at: 1 },
      id: newCommandId(),
    },
  ];
  const { chats, agent } = load(chat);
  const lastMessage = { seq: 1, at: 1, from: NOOR.id, text: 'Hello' };
  agent.directChats = [{ pairId: PAIR, colleague: NOOR, lastMessage, unread: 1 }];
  expect(chats.unread).toBe(1);
  const store = chats.open(chat.page);
  await settled();
  expect(chats.unread).toBe(1);
  store.markSeen();
  expect(chats.unread).toBe(0);
  chats.leave();
  expect(chats.unread).toBe(1);
});
