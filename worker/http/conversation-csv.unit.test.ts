import { expect, test } from 'vitest';
import type { ListedConversation } from '#shared/conversation-lists/list.ts';
import { aListed } from '#shared/testing/listed.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { csvOfConversations } from './conversation-csv.ts';

const settings = settingsWith({ sla: [{ id: 'gold', name: 'Gold', due_minutes: 15 }] });

async function csvOf(...pages: ListedConversation[][]): Promise<string> {
  let page = 0;
  const stream = csvOfConversations(
    async () => {
      const conversations = pages[page++] ?? [];
      const last = page < pages.length ? conversations.at(-1) : undefined;
      const next = last ? { at: page, conversationId: last.conversationId } : null;
      return { conversations, next };
    },
    settings,
    { names: ['ID', 'Status'], fields: ['size'] },
  );
  return new Response(stream).text();
}

test('[CL7] each page is a part of one file, with a line for each', async () => {
  const [one, two] = [
    aListed({ sla: 'gold', fields: { size: '=42', other: '1' } }),
    aListed({ tags: ['Order', 'Return'] }),
  ];
  const [head, first, second, ...rest] = (await csvOf([one], [two])).split('\r\n');
  expect(head).toBe('ID,Status');
  const opened = '1970-01-01T00:00:01.000Z';
  expect(first).toBe(
    `${one.conversationId},queued,Visitor 7,Sales,,livechat,Normal,Gold,,${opened},,${opened},Hello,'=42`,
  );
  expect(second).toContain('"Order; Return"');
  expect(rest).toEqual(['']);
});

test.each([
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+1+2', `'+1+2`],
  ['-A1', `'-A1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `"'\t=1"`],
  ['two\nlines, and "quotes"', '"two\nlines, and ""quotes"""'],
  ['O’Hara = right', 'O’Hara = right'],
])('[CL7] %j is a text in a spreadsheet', async (preview, cell) => {
  expect(await csvOf([aListed({ preview })])).toContain(`,${cell},\r\n`);
});
