// The values that `npm run admin` takes, and what is wrong with them.

import * as v from 'valibot';
import { PASSWORD_CHARACTERS } from '#shared/account/password.ts';
import {
  departmentIdSchema,
  visitorIdSchema,
  type DepartmentId,
  type VisitorId,
} from '#shared/ids.ts';
import { ROLES, type Role } from '#shared/permissions.ts';

/** A mistake in what the admin wrote, in one line. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const emailSchema = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254));

export function emailFrom(text: string | undefined): string {
  if (text === undefined) throw new UsageError('Say whose account: give an e-mail address.');
  const email = v.safeParse(emailSchema, text);
  if (!email.success) throw new UsageError(`“${text}” is not an e-mail address.`);
  return email.output;
}

export function nameFrom(text: string | undefined): string {
  const name = text?.trim() ?? '';
  if (name === '' || name.length > 60) {
    throw new UsageError('Give a --name of 1 to 60 characters, as visitors will read it.');
  }
  return name;
}

export function usernameFrom(text: string | undefined): string {
  if (text === undefined || !/^[a-z0-9._-]{2,30}$/.test(text)) {
    throw new UsageError(
      'Give a --username of 2 to 30 lower-case letters, digits, dots, dashes or underscores.',
    );
  }
  return text;
}

export function roleFrom(text: string | undefined): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) {
    throw new UsageError(`${text ?? 'Nothing'} is not a role. Choose one of ${ROLES.join(', ')}.`);
  }
  return role;
}

export function departmentsFrom(text: string, known: readonly DepartmentId[]): DepartmentId[] {
  const ids = text.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
  for (const id of ids) {
    if (!known.some((department) => department === id)) {
      throw new UsageError(`wrangler.toml has no department “${id}”. It has ${known.join(', ')}.`);
    }
  }
  return [...new Set(ids)].map((id) => v.parse(departmentIdSchema, id));
}

export function limitFrom(text: string | undefined): number | null {
  if (text === '') return null;
  if (text === undefined || !/^[1-9]\d{0,2}$/.test(text)) {
    throw new UsageError('Say how many conversations at a time: a number from 1 to 999, or "".');
  }
  return Number(text);
}

export function originFrom(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new UsageError(`“${text}” is not an address.`);
  }
  return new URL(text).origin;
}

const { least, most } = PASSWORD_CHARACTERS;

export function passwordFrom(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text.length < least || text.length > most) {
    throw new UsageError(`A password has ${least} to ${most} characters.`);
  }
  return text;
}

export function visitorFrom(text: string): VisitorId {
  const id = v.safeParse(visitorIdSchema, text);
  if (!id.success) throw new UsageError(`“${text}” is not the id of a visitor.`);
  return id.output;
}

export function hoursFrom(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new UsageError('Say how many hours: 1 to 99999.');
  return Number(text);
}

/** Also one that the settings no longer have. */
export function anyDepartmentFrom(text: string): DepartmentId {
  const id = v.safeParse(departmentIdSchema, text);
  if (!id.success) throw new UsageError(`“${text}” is not the id of a department.`);
  return id.output;
}

const DAY_MS = 86_400_000;
const DAYS_WITHOUT = 7;

/** From when on, in epoch milliseconds. @param text a number of days, or a date such as `2026-11-01` */
export function sinceFrom(text = String(DAYS_WITHOUT), now: number): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return now - Number(text) * DAY_MS;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) {
    throw new UsageError('Say --since how many days ago, or which date, such as 2026-11-01.');
  }
  return at;
}
