// Whom a conversation can go to, as far as this page knows.

import * as v from 'valibot';
import { colleaguesBody, type Colleagues } from '#shared/api.ts';

export async function fetchColleagues(): Promise<Colleagues> {
  const response = await fetch('/api/colleagues');
  if (!response.ok) throw new Error(`The colleagues answered ${response.status}.`);
  return v.parse(colleaguesBody, await response.json());
}
