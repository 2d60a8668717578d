// Who may give which command in a conversation, cell by cell.

import type { RefusalCode } from '#shared/refusals.ts';

/** What someone is to the conversation; the assignee serves it, the helper was invited. */
export type Role =
  | 'visitor'
  | 'platform'
  | 'agent'
  | 'assignee'
  | 'helper'
  | 'monitor'
  | 'manager'
  | 'admin'
  | 'integration';

type Name =
  | 'open'
  | 'send'
  /** Both of the assignee's first message. */
  | 'edit'
  | 'delete'
  | 'delete another’s'
  | 'take'
  | 'requeue'
  | 'forward to an agent'
  | 'forward to a department'
  | 'hold'
  | 'resume'
  | 'invite'
  | 'leave'
  | 'note'
  | 'details'
  | 'end'
  | 'wrap up';

/** For each command: who may, and who is refused with which code. */
export type Table = Record<Name, Partial<Record<'accepted' | RefusalCode, Role[]>>>;

const STAFF: Role[] = [
  ...(['agent', 'assignee', 'helper', 'monitor', 'manager', 'admin', 'integration'] as const),
];
const EVERYBODY: Role[] = ['visitor', 'platform', ...STAFF];
const AGENTS = STAFF.filter((role) => role !== 'integration');
const ALL_BUT_ASSIGNEE = EVERYBODY.filter((role) => role !== 'assignee');

export const QUEUED: Table = {
  open: {
    'conversation.exists': ['visitor', 'platform'],
    'conversation.unknown': STAFF,
  },
  send: {
    accepted: ['visitor', 'platform'],
    'conversation.not-taken': ['agent', 'assignee', 'helper', 'monitor', 'manager', 'admin'],
    'conversation.unknown': ['integration'],
  },
  edit: {
    'message.unknown': AGENTS,
    'message.not-yours': ['visitor', 'platform', 'integration'],
  },
  delete: {
    'message.unknown': AGENTS,
    'message.not-yours': ['visitor', 'platform', 'integration'],
  },
  'delete another’s': { 'message.not-yours': EVERYBODY },
  take: {
    accepted: ['agent', 'assignee', 'helper', 'manager'],
    'department.not-yours': ['admin', 'integration'],
    'permission.missing': ['visitor', 'platform', 'monitor'],
  },
  requeue: {
    'conversation.not-taken': STAFF,
    'permission.missing': ['visitor', 'platform'],
  },
  'forward to an agent': {
    accepted: ['monitor', 'manager', 'admin', 'integration'],
    'conversation.not-taken': ['agent', 'assignee', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  'forward to a department': {
    accepted: ['monitor', 'manager', 'admin', 'integration'],
    'conversation.not-taken': ['agent', 'assignee', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  hold: {
    'conversation.not-taken': ['agent', 'assignee', 'helper', 'manager', 'admin', 'integration'],
    'permission.missing': ['visitor', 'platform', 'monitor'],
  },
  resume: {
    'conversation.not-on-hold': ['monitor', 'manager', 'admin', 'integration'],
    'conversation.not-taken': ['agent', 'assignee', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  invite: {
    'conversation.not-taken': EVERYBODY,
  },
  leave: {
    'conversation.not-invited': EVERYBODY,
  },
  note: {
    accepted: ['agent', 'assignee', 'helper', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.unknown': ['visitor', 'platform'],
  },
  details: {
    accepted: ['monitor', 'manager', 'admin', 'integration'],
    'conversation.not-taken': ['agent', 'assignee', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  end: {
    accepted: ['visitor', 'platform', 'monitor', 'manager', 'admin', 'integration'],
    'permission.missing': ['agent', 'assignee', 'helper'],
  },
  'wrap up': { 'conversation.not-closed': EVERYBODY },
};

/** The agent wrote last, so that it may be placed on hold. */
export const SERVED: Table = {
  open: {
    'conversation.exists': ['visitor', 'platform'],
    'conversation.unknown': STAFF,
  },
  send: {
    accepted: ['visitor', 'platform', 'assignee', 'helper'],
    'conversation.not-yours': ['agent', 'monitor', 'manager', 'admin'],
    'conversation.unknown': ['integration'],
  },
  edit: { accepted: ['assignee'], 'message.not-yours': ALL_BUT_ASSIGNEE },
  delete: { accepted: ['assignee'], 'message.not-yours': ALL_BUT_ASSIGNEE },
  'delete another’s': { 'message.not-yours': EVERYBODY },
  take: {
    accepted: ['assignee'],
    'conversation.taken': ['agent', 'helper', 'manager'],
    'department.not-yours': ['admin', 'integration'],
    'permission.missing': ['visitor', 'platform', 'monitor'],
  },
  requeue: {
    accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  'forward to an agent': {
    accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  'forward to a department': {
    accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  hold: {
    accepted: ['assignee', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform', 'monitor'],
  },
  resume: {
    'conversation.not-on-hold': ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  invite: {
    accepted: ['assignee', 'helper', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent'],
    'permission.missing': ['visitor', 'platform'],
  },
  leave: {
    accepted: ['helper'],
    'conversation.not-invited': [
      'visitor',
      'platform',
      'agent',
      'assignee',
      'monitor',
      'manager',
      'admin',
      'integration',
    ],
  },
  note: {
    accepted: ['agent', 'assignee', 'helper', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.unknown': ['visitor', 'platform'],
  },
  details: {
    accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  end: {
    accepted: ['visitor', 'platform', 'assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
  },
  'wrap up': { 'conversation.not-closed': EVERYBODY },
};

export const ON_HOLD: Table = {
  open: {
    'conversation.exists': ['visitor', 'platform'],
    'conversation.unknown': STAFF,
  },
  send: {
    accepted: ['visitor', 'platform'],
    'conversation.not-yours': ['agent', 'monitor', 'manager', 'admin'],
    'conversation.on-hold': ['assignee', 'helper'],
    'conversation.unknown': ['integration'],
  },
  edit: { accepted: ['assignee'], 'message.not-yours': ALL_BUT_ASSIGNEE },
  delete: { accepted: ['assignee'], 'message.not-yours': ALL_BUT_ASSIGNEE },
  'delete another’s': { 'message.not-yours': EVERYBODY },
  take: {
    accepted: ['assignee'],
    'conversation.taken': ['agent', 'helper', 'manager'],
    'department.not-yours': ['admin', 'integration'],
    'permission.missing': ['visitor', 'platform', 'monitor'],
  },
  requeue: {
    'conversation.not-yours': ['agent', 'helper'],
    'conversation.on-hold': ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'permission.missing': ['visitor', 'platform'],
  },
  'forward to an agent': {
    'conversation.not-yours': ['agent', 'helper'],
    'conversation.on-hold': ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'permission.missing': ['visitor', 'platform'],
  },
  'forward to a department': {
    'conversation.not-yours': ['agent', 'helper'],
    'conversation.on-hold': ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'permission.missing': ['visitor', 'platform'],
  },
  hold: {
    'conversation.not-yours': ['agent', 'helper'],
    'conversation.on-hold': ['assignee', 'manager', 'admin', 'integration'],
    'permission.missing': ['visitor', 'platform', 'monitor'],
  },
  resume: {
    accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  invite: {
    accepted: ['assignee', 'helper', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent'],
    'permission.missing': ['visitor', 'platform'],
  },
  leave: {
    accepted: ['helper'],
    'conversation.not-invited': [
      'visitor',
      'platform',
      'agent',
      'assignee',
      'monitor',
      'manager',
      'admin',
      'integration',
    ],
  },
  note: {
    accepted: ['agent', 'assignee', 'helper', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.unknown': ['visitor', 'platform'],
  },
  details: {
    accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
    'permission.missing': ['visitor', 'platform'],
  },
  end: {
    accepted: ['visitor', 'platform', 'assignee', 'monitor', 'manager', 'admin', 'integration'],
    'conversation.not-yours': ['agent', 'helper'],
  },
  'wrap up': { 'conversation.not-closed': EVERYBODY },
};

const KEPT: Table['details'] = {
  accepted: ['assignee', 'monitor', 'manager', 'admin', 'integration'],
  'conversation.not-yours': ['agent', 'helper'],
  'permission.missing': ['visitor', 'platform'],
};
const OVER: Table['send'] = { 'conversation.closed': EVERYBODY };

/** The assignee served it to its end. */
export const CLOSED: Table = {
  open: SERVED.open,
  send: OVER,
  edit: OVER,
  delete: OVER,
  'delete another’s': OVER,
  take: OVER,
  requeue: OVER,
  'forward to an agent': OVER,
  'forward to a department': OVER,
  hold: OVER,
  resume: OVER,
  invite: OVER,
  leave: OVER,
  note: OVER,
  details: KEPT,
  end: OVER,
  'wrap up': KEPT,
};
