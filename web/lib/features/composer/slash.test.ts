import { expect, test } from 'vitest';
import type { Candidate } from '../colleagues/candidates.ts';
import { ACTIONS } from '../actions/all.ts';
import { commandIn, commandOf, invitedBy, isCommand, suggestionsFor } from './slash.ts';

const colleague = (name: string, username: string): Candidate<string> => ({
  ...{ id: username, name, username, to: username, status: 'available', isBlocked: false },
});
const all = [colleague('Ada Okafor', 'ada'), colleague('Noor Haddad', 'noor')];
const suggested = (text: string) => suggestionsFor(text, ACTIONS, all).map((one) => one.text);

test.each([
  ['/inv', ['/invite']],
  ['/Invite', ['/invite']],
  ['/e', ['/end', '/edit']],
  ['/take', ['/take']],
  ['/invite ', ['/invite @ada ', '/invite @noor ']],
  ['/invite @', ['/invite @ada ', '/invite @noor ']],
  ['/invite @No', ['/invite @noor ']],
  ['/invite hadd', ['/invite @noor ']],
  ['/invite @zoe', []],
  ['/invite @noor ', []],
  ['/other', []],
  ['', []],
  ['See a/', []],
])('[WS34] “%s” can go on as %j', (text, wanted) => {
  expect(suggested(text)).toEqual(wanted);
});

test.each([
  ['/invite @noor', 'noor'],
  ['/Invite @noor', 'noor'],
  ['/invite noor ', 'noor'],
  ['/invite', null],
  ['/invite @noor please', null],
  ['Write /invite @noor', null],
])('[WS34] “%s” invites %s', (text, username) => {
  expect(invitedBy(text)).toBe(username);
});

test.each([
  ['/', true],
  ['/inv', true],
  ['/invite @no', true],
  ['/shrug', true],
  ['and/or', false],
])('[WS34] “%s” is a command: %s', (text, wanted) => {
  expect(isCommand(text)).toBe(wanted);
});

test('[WS34] a slash offers every action', () => {
  expect(suggested('/')).toEqual(ACTIONS.map(commandOf));
});

test.each([
  ['/end', '/end'],
  ['/end now, please', '/end'],
  ['/Close', '/Close'],
  ['/invited @noor', '/invited'],
  [' /end', null],
  ['//end', null],
  ['/end.', '/end'],
  ['/close!!', '/close'],
  ['/hold, please', '/hold'],
  ['/', '/'],
  ['/ ', '/'],
  ['/etc/hosts', null],
  ['/index.html', null],
  ['/ 2', null],
  ['End', null],
])('[WS43] “%s” begins with the command %s', (text, command) => {
  expect(commandIn(text)).toBe(command);
});
