import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentCommandSchema, agentEventSchema } from './agent.ts';
import { conversationCommandSchema } from './conversation/commands.ts';
import { conversationEventSchema } from './conversation/events.ts';
import { serverSignalSchema, clientSignalSchema } from './conversation/signals.ts';
import { departmentEventSchema } from './department.ts';
import { CLOSE_CODES } from './frames.ts';
import { REFUSAL_CODES } from './refusals.ts';

const document = readFileSync(join(import.meta.dirname, '../docs/protocol.md'), 'utf8');

const typesOf = ({ options }: { options: readonly { entries: { type: { literal: string } } }[] }) =>
  options.map(({ entries }) => entries.type.literal);

const words = [
  ...[
    agentCommandSchema,
    agentEventSchema,
    conversationCommandSchema,
    conversationEventSchema,
    serverSignalSchema,
    clientSignalSchema,
    departmentEventSchema,
  ].flatMap(typesOf),
  ...REFUSAL_CODES,
  ...Object.values(CLOSE_CODES).map(String),
];

test.each([...new Set(words)])('[WP8] the protocol’s document tells of %s', (word) => {
  expect(document).toContain(word);
});
