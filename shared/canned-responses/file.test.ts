import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { newCannedResponseBody } from './canned-response.ts';
import { FORMATS, readFile, writtenFile } from './file.ts';

const line = fc.string({ unit: fc.constantFrom(...`ab;,"'=+-@ é日`) });
const scope = fc.constantFrom(
  ...[{ kind: 'private' }, { kind: 'public' }, { kind: 'department', departmentId: 'sales' }],
);
/** As the server would have taken it. */
const response = fc
  .record({
    shortcut: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/),
    text: fc.string({ unit: fc.constantFrom(...`ab;,"'=+-@ \n\té日{}`) }).map((text) => `${text}.`),
    tags: fc.array(
      line.filter((text) => text.trim() !== ''),
      { maxLength: 3 },
    ),
    scope,
  })
  .map((found) => v.parse(newCannedResponseBody, found));

test.each(FORMATS)('[CR17] what is exported as %s is what is imported', (format) => {
  fc.assert(
    fc.property(fc.array(response, { minLength: 1 }), (responses) => {
      const { rows, problems } = readFile(writtenFile(responses, format));
      expect(problems).toEqual([]);
      expect(rows.map((row) => row.response)).toEqual(responses);
    }),
  );
});

test('[CR17] what can’t be read is told by its row and column, and the rest is read', () => {
  const file = [
    'Text;Shortcut;Scope;Department',
    'Hello;hi;;',
    'Hello;two words;;',
    ';none;;',
    'Hello;for-sales;department;sales',
    'Hello;for-nobody;department;',
    'Hello;for-all;everyone;',
  ].join('\n');
  const { rows, problems } = readFile(file);
  expect(rows.map(({ response: { shortcut, scope: to } }) => [shortcut, to.kind])).toEqual([
    ['hi', 'private'],
    ['for-sales', 'department'],
  ]);
  expect(problems).toEqual([
    { row: 3, column: 'shortcut' },
    { row: 4, column: 'text' },
    { row: 6, column: 'department' },
    { row: 7, column: 'scope' },
  ]);
});

test.each(['', '{', '[1', 'name,phone\nIvy,1', '{"rows": []}'])(
  '[CR17] %j is no file of canned responses',
  (text) => {
    expect(readFile(text)).toEqual({ rows: [], problems: [{ row: 1, column: 'file' }] });
  },
);
