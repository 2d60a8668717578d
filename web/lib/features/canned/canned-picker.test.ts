import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maySee } from '#shared/canned-responses/access.ts';
import type { CannedResponse } from '#shared/canned-responses/canned-response.ts';
import { PERMISSIONS } from '#shared/permissions.ts';
import { by } from '#shared/testing/decisions.ts';
import { SALES, SUPPORT } from '#shared/testing/logs.ts';
import { Notices } from '#web/lib/ui/notices.svelte.ts';
import { CannedPicker } from './canned-picker.svelte.ts';
import { CannedResponses } from './canned-responses.svelte.ts';
import { aResponse, departmentOf, privateTo } from './testing.ts';

/** A text field as far as it is written into. */
class FakeField {
  value = '';
  selection = [0, 0];
  readonly isConnected = true;
  readonly ownerDocument = { execCommand: () => false };
  focus(): void {}
  dispatchEvent(): boolean {
    return true;
  }
  setRangeText(text: string, from: number, to: number): void {
    this.value = this.value.slice(0, from) + text + this.value.slice(to);
  }
  setSelectionRange(from: number, to: number): void {
    this.selection = [from, to];
  }
}

/** Noor writes; the server has these responses. */
async function pickerOver(all: readonly CannedResponse[], { as = by, values = {} } = {}) {
  const body = { version: '1', responses: all };
  const responses = new CannedResponses(as, async () => Response.json(body));
  await responses.refresh();
  const field = new FakeField();
  const used: CannedResponse[] = [];
  const notices = new Notices();
  const picker = new CannedPicker({
    ...{ responses, notices, text: () => field.value },
    // All that the picker uses of it.
    field: () => field as unknown as HTMLTextAreaElement,
    target: {
      ...{ departmentId: null, values, know: async () => {} },
      used: (response) => void used.push(response),
    },
  });
  const type = (text: string) => {
    field.value = text;
    picker.written(text);
  };
  return { field, notices, picker, type, used };
}

globalThis.InputEvent ??= Event as unknown as typeof InputEvent; // Node has no fields, so none of their events.

const HELLO = aResponse('hello', 'Hello {{contact.name}}, I am {{agent.name}}.');
const HELP = aResponse('help', 'I will ask a colleague.');

test('[CR9] the keys choose one, which is inserted; Escape closes the list', async () => {
  const { field, picker, type, used } = await pickerOver([HELLO, HELP]);
  type('!hel');
  expect(picker.suggestions).toEqual([HELLO, HELP]);
  expect(picker.press('ArrowDown')).toBe(true);
  expect(picker.press('Enter')).toBe(true);
  await Promise.resolve();
  expect([field.value, used]).toEqual(['I will ask a colleague.', [HELP]]);
  type('!hel');
  expect(picker.press('Escape')).toBe(true);
  expect([picker.query, picker.submit()]).toEqual([null, false]);
});

test('[CR10] the first gap is selected', async () => {
  const values = { 'agent.name': 'Noor' };
  const { field, picker, type } = await pickerOver([HELLO], { values });
  type('!hello');
  expect(picker.preview(HELLO)).toBe('Hello {{contact.name}}, I am Noor.');
  picker.press('Tab');
  await Promise.resolve();
  expect(field.value).toBe('Hello {{contact.name}}, I am Noor.');
  expect(field.value.slice(...field.selection)).toBe('{{contact.name}}');
});

test.each(['!', '!hel', '!colleague ask'])(
  '[CR9] “%s” is no message while something matches',
  async (text) => {
    const { picker, type } = await pickerOver([HELLO, HELP]);
    type(text);
    expect(picker.submit()).toBe(true);
  },
);

test('[CR9] a shortcut that there is none of is kept back, and why is told', async () => {
  const { notices, picker, type } = await pickerOver([HELLO, HELP]);
  type('!xyz');
  expect(picker.submit()).toBe(true);
  expect(notices.shown[0]?.text).toContain('There is no canned response “!xyz”');
});

test.each(['! now', '!!', '! ', 'Hi !hello', '!Please note that', ' !hello'])(
  '[CR9] “%s” is a message',
  async (text) => {
    const { picker, type } = await pickerOver([HELLO, HELP]);
    type(text);
    expect(picker.submit()).toBe(false);
  },
);

const scope = fc.oneof(
  fc.constantFrom('noor', 'mara').map(privateTo),
  fc.constantFrom('sales', 'support').map(departmentOf),
  fc.constant({ kind: 'public' } as const),
);
const response = fc
  .tuple(fc.stringMatching(/^[ab]{1,3}$/), fc.stringMatching(/^[abc ]{1,6}$/), scope)
  .map(([shortcut, text, one]) => aResponse(shortcut, `${text}.`, one));

test('[CR3] whatever is typed and pressed, nothing is inserted that the agent may not see', async () => {
  const agent = fc.record({
    departments: fc.subarray([SALES, SUPPORT]),
    permissions: fc.subarray([...PERMISSIONS]),
  });
  const keys = fc.array(fc.constantFrom('ArrowDown', 'ArrowUp'), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(response, { maxLength: 8 }),
      agent,
      fc.stringMatching(/^[abc]{0,3}$/),
      keys,
      async (all, access, typed, pressed) => {
        const as = { ...by, ...access };
        // The server may be wrong, or the agent may have lost a department since.
        const { picker, type, used } = await pickerOver(all, { as });
        type(`!${typed}`);
        for (const key of pressed) picker.press(key);
        for (const offered of picker.suggestions) {
          expect(maySee(offered.scope, as)).toBe(true);
          expect(offered.scope).not.toMatchObject({ kind: 'private', agentId: 'mara' });
        }
        const wanted = picker.suggestions.length > 0 ? 1 : 0;
        picker.press('Enter');
        await Promise.resolve();
        for (const { scope: inserted } of used) expect(maySee(inserted, as)).toBe(true);
        expect(used).toHaveLength(wanted);
      },
    ),
  );
});
