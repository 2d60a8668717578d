import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentCommandSchema, agentEventSchema } from './agent.ts';
import {
  conversationCommandSchema,
  conversationEventSchema,
  conversationNoticeSchema,
  conversationSignalSchema,
} from './conversation.ts';
import { departmentEventSchema } from './department.ts';
import { CLOSE_CODES } from './frames.ts';
import { REFUSAL_CODES } from './refusals.ts';

const document = readFileSync(new URL('../docs/protocol.md', import.meta.url), 'utf8');

const typesOf = ({ options }: { options: readonly { entries: { type: { literal: string } } }[] }) =>
  options.map(({ entries }) => entries.type.literal);

const words = [
  ...[
    agentCommandSchema,
    agentEventSchema,
    conversationCommandSchema,
    conversationEventSchema,
    conversationNoticeSchema,
    conversationSignalSchema,
    departmentEventSchema,
  ].flatMap(typesOf),
  ...REFUSAL_CODES,
  ...Object.values(CLOSE_CODES).map(String),
];

test.each([...new Set(words)])('[WP8] the protocol’s document tells of %s', (word) => {
  expect(document).toContain(word);
});
