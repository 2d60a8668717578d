// The rules of docs/spec/accounts.md about passwords on the command line.

import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { withAskedPassword } from './asked-password.ts';

async function asked(line: string, typed = '') {
  const told: string[] = [];
  const args = await withAskedPassword(line.split(' '), Readable.from([typed]), (sentence) =>
    told.push(sentence),
  );
  return { args, told };
}

test('[AC35] a password is read from the input, whatever it looks like', async () => {
  const { args, told } = await asked('agent password a@b.test --password - --remote', '-x y\nmore');
  expect(args).toEqual(['agent', 'password', 'a@b.test', '--password=-x y', '--remote']);
  expect(told).toEqual([]);
});

test.each(['--password secret', '--password=secret'])(
  '[AC35] %s is taken, with a warning that does not repeat it',
  async (option) => {
    const { args, told } = await asked(`agent password a@b.test ${option}`);
    expect(args.join(' ')).toContain(option);
    expect(told).toHaveLength(1);
    expect(told.join()).not.toContain('secret');
  },
);

test('[AC35] without the option nothing is read', async () => {
  expect(await asked('agent list')).toEqual({ args: ['agent', 'list'], told: [] });
});
