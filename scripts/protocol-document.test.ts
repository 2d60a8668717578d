// docs/protocol.md says what the schemas say: its tables name everything there is, and its examples are frames.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { refusalText } from '#messages/refusal-text.ts';
import { agentCommandSchema, agentEventSchema } from '#shared/agent.ts';
import { conversationCommandSchema } from '#shared/conversation/commands.ts';
import { conversationEventSchema } from '#shared/conversation/events.ts';
import {
  conversationSignalSchema,
  presenceSchema,
  serverSignalSchema,
} from '#shared/conversation/signals.ts';
import { departmentEventSchema } from '#shared/department.ts';
import {
  agentClientFrame,
  agentServerFrame,
  CLOSE_CODES,
  conversationClientFrame,
  conversationServerFrame,
  departmentServerFrame,
} from '#shared/frames.ts';
import { REFUSAL_CODES, statusOf, type Refusal } from '#shared/refusals.ts';
import { fromRoot } from './paths.ts';

const page = readFileSync(fromRoot('docs/protocol.md'), 'utf8');

/** The rows of each table in a section, without its head, as texts of cells. */
function rowsOf(heading: string, firstColumn: string): string[][] {
  const [, section = ''] = page.split(`\n${heading}\n`);
  const lines = (section.split(/\n##? ?/)[0] ?? section).split('\n');
  const head = lines.findIndex((line) => new RegExp(`^\\| ${firstColumn} +\\|`).test(line));
  if (head === -1) throw new Error(`no table of ${firstColumn} under ${heading}`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const namesIn = (heading: string, firstColumn: string): string[] =>
  rowsOf(heading, firstColumn).map(([first = '']) => first.replaceAll('`', ''));

interface Variant {
  readonly options: readonly { entries: { type: { literal: string } } }[];
}
const typesOf = ({ options }: Variant) => options.map(({ entries }) => entries.type.literal);

test.each<[heading: string, firstColumn: string, schema: Variant]>([
  ['### Events', 'event', conversationEventSchema],
  ['### Commands, `after` and retries', 'command', conversationCommandSchema],
  ['## The department stream', 'event', departmentEventSchema],
  ['## The agent stream', 'event', agentEventSchema],
  ['## The agent stream', 'command', agentCommandSchema],
])('[WP8] under %s, each %s is in the table', (heading, firstColumn, schema) => {
  expect(namesIn(heading, firstColumn).sort()).toEqual(typesOf(schema).sort());
});

test('[WP8] each close code is in the table, with its name', () => {
  const listed = rowsOf('## Close codes', 'code').map(([code, name]) => [
    name?.replaceAll('`', ''),
    Number(code),
  ]);
  expect(Object.fromEntries(listed)).toEqual(CLOSE_CODES);
});

describe('[WP8] refusals', () => {
  const rows = new Map(
    rowsOf('## Refusals', 'code').map(([code = '', ...row]) => [code.slice(1, -1), row]),
  );

  test('each is in the table, and no other', () => {
    expect([...rows.keys()].sort()).toEqual([...REFUSAL_CODES].sort());
  });

  test.each(REFUSAL_CODES)('%s has its status, its blanks and its sentence', (code) => {
    const [status, blanks = '', sentence] = rows.get(code) ?? [];
    const named = [...blanks.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    // The table's own blanks, each filled with itself; a text is no number, so it takes the plural.
    const details = Object.fromEntries(named.map((name) => [name, `{${name}}`]));
    expect(Number(status)).toBe(statusOf(code));
    expect(sentence).toBe(refusalText({ code, details } as Refusal, 'en'));
  });
});

describe('[WP8] examples', () => {
  const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, block = '']) => block.trim());
  const frames = blocks.flatMap((block) =>
    block.startsWith('{ "type": "command"') ? block.split('\n') : [block],
  );
  const anyFrame = v.union([
    conversationClientFrame,
    conversationServerFrame,
    departmentServerFrame,
    agentClientFrame,
    agentServerFrame,
  ]);

  test.each(frames)('%s is a frame', (frame) => {
    expect(v.safeParse(anyFrame, JSON.parse(frame)).issues).toBeUndefined();
  });

  test('show every signal', () => {
    const signalFrame = v.object({ type: v.literal('signal'), signal: v.unknown() });
    const signals = frames
      .map((frame) => v.safeParse(signalFrame, JSON.parse(frame)))
      .flatMap((parsed) => (parsed.success ? [parsed.output.signal] : []));
    const typesShown = (schema: v.GenericSchema<unknown, { type: string }>) => {
      const shown = signals.map((signal) => v.safeParse(schema, signal));
      return new Set(shown.flatMap(({ success, output }) => (success ? [output.type] : [])));
    };
    const told = v.variant('type', [...serverSignalSchema.options, presenceSchema]);
    for (const schema of [conversationSignalSchema, told]) {
      expect(typesShown(schema)).toEqual(new Set(typesOf(schema)));
    }
  });
});
