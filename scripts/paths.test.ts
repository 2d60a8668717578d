import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { chooseStateFolder, fromRoot, root, shown } from './paths.ts';

test('state is kept in the repository, unless PARLEY_STATE names another folder', () => {
  expect(chooseStateFolder({})).toBe(fromRoot('.parley/state'));
  expect(chooseStateFolder({ PARLEY_STATE: '' })).toBe(fromRoot('.parley/state'));
  expect(chooseStateFolder({ PARLEY_STATE: '/srv/parley' })).toBe(resolve('/srv/parley'));
});

test('a relative PARLEY_STATE begins at the root', () => {
  expect(chooseStateFolder({ PARLEY_STATE: '.parley/other' })).toBe(join(root, '.parley/other'));
});

test('a path in the repository is shown from its root, another one in full', () => {
  expect(shown(fromRoot('.parley/state'))).toBe(join('.parley', 'state'));
  const outside = resolve(root, '../parley-state');
  expect(shown(outside)).toBe(outside);
});
