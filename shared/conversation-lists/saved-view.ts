// A list of conversations that an agent keeps under a name.

import * as v from 'valibot';
import { readQuery } from './list.ts';

const NAME_CHARACTERS = 60;
/** As many as an agent may keep. */
export const VIEWS_MOST = 30;

/** `PUT /api/saved-views` */
export const savedViewBody = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'a name'), v.maxLength(NAME_CHARACTERS)),
  /** As the address of the list has it, without the place of a page. */
  query: v.pipe(
    v.string(),
    v.maxLength(1_000),
    v.check((query) => readQuery(new URLSearchParams(query)).success, 'the query of a list'),
  ),
});
export type SavedView = v.InferOutput<typeof savedViewBody>;

/** `GET /api/saved-views` */
export const savedViewsBody = v.object({ views: v.array(savedViewBody) });
