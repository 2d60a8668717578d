// Two contacts who are one person: what the contact will be when one has become part of the other.

import * as v from 'valibot';
import { agentIdSchema, contactIdSchema } from '#shared/ids.ts';
import { contactBody, type Contact } from './contact.ts';

/** As long as a merge can be undone. */
export const MERGE_UNDO_MS = 86_400_000;

const customFields = contactBody.entries.customFields;

/** What can be only one of the two, as it was chosen. Everything else of the two is joined. */
export const mergeChoice = v.strictObject({
  name: v.string(),
  managerId: v.nullable(agentIdSchema),
  customFields,
});
export type MergeChoice = v.InferOutput<typeof mergeChoice>;

/** `POST /api/contacts/:id/merge`: another contact becomes part of this one. */
export const mergeBody = v.strictObject({ sourceId: contactIdSchema, choice: mergeChoice });

/** `GET /api/contacts/:id/duplicates`: who may be the same person, those with a verified address first. */
export const duplicatesBody = v.object({
  duplicates: v.array(
    v.object({
      contactId: contactIdSchema,
      name: v.string(),
      /** What both are known by. */
      shared: v.array(
        v.object({
          kind: v.picklist(['email', 'phone']),
          value: v.string(),
          /** Proven to be the address of one of the two. */
          isVerified: v.boolean(),
        }),
      ),
    }),
  ),
});
export type Duplicate = v.InferOutput<typeof duplicatesBody>['duplicates'][number];

/** `GET /api/contacts/:id/merges`: what can still be undone, the latest first. */
export const mergesBody = v.object({
  merges: v.array(
    v.object({
      mergeId: v.number(),
      /** Of the contact who became part of this one. */
      name: v.string(),
      by: v.string(),
      at: v.number(),
    }),
  ),
});
export type Merge = v.InferOutput<typeof mergesBody>['merges'][number];

type Side = Pick<MergeChoice, 'name' | 'managerId' | 'customFields'>;

/** What is chosen unless an agent chooses otherwise: what the one who stays has, and what they lack of the other. */
export const proposedChoice = (target: Side, source: Side): MergeChoice => ({
  name: target.name,
  managerId: target.managerId ?? source.managerId,
  customFields: { ...source.customFields, ...target.customFields },
});

/** Whether all of it is what one of the two has now. */
export function isChoiceOf(choice: MergeChoice, target: Side, source: Side): boolean {
  const sides = [target, source];
  const fields = sides.flatMap((side) => Object.keys(side.customFields));
  return (
    sides.some(({ name }) => name === choice.name) &&
    sides.some(({ managerId }) => managerId === choice.managerId) &&
    [...fields, ...Object.keys(choice.customFields)].every((field) =>
      sides.some((side) => side.customFields[field] === choice.customFields[field]),
    )
  );
}

export const sideOf = ({ name, manager, customFields: fields }: Contact): Side => ({
  ...{ name, managerId: manager?.id ?? null, customFields: fields },
});
