// Branded identifiers: what they look like on the wire and how new ones are minted.

import * as v from 'valibot';

const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a lower-case UUID'),
);

/** Minted by the visitor's client when they first write, so that opening can be retried offline. */
export const conversationIdSchema = v.pipe(uuid, v.brand('ConversationId'));
export type ConversationId = v.InferOutput<typeof conversationIdSchema>;

/** Minted by who sends a command; a retry carries the same one. A message is named by it. */
export const commandIdSchema = v.pipe(uuid, v.brand('CommandId'));
export type CommandId = v.InferOutput<typeof commandIdSchema>;

export const visitorIdSchema = v.pipe(uuid, v.brand('VisitorId'));
export type VisitorId = v.InferOutput<typeof visitorIdSchema>;

/** Minted by the visitor's client; a retry carries the same one. */
export const offlineMessageIdSchema = v.pipe(uuid, v.brand('OfflineMessageId'));
export type OfflineMessageId = v.InferOutput<typeof offlineMessageIdSchema>;

export const cannedResponseIdSchema = v.pipe(uuid, v.brand('CannedResponseId'));
export type CannedResponseId = v.InferOutput<typeof cannedResponseIdSchema>;

/** Of an uploaded file. */
export const fileIdSchema = v.pipe(uuid, v.brand('FileId'));
export type FileId = v.InferOutput<typeof fileIdSchema>;

/** Of the stored record of a person. */
export const contactIdSchema = v.pipe(uuid, v.brand('ContactId'));
export type ContactId = v.InferOutput<typeof contactIdSchema>;

export const agentIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'an account id'),
  v.brand('AgentId'),
);
export type AgentId = v.InferOutput<typeof agentIdSchema>;

/** What the settings name a thing by. */
export const slugSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes, 40 at most'),
);

/** The `id` of a department in the settings: part of addresses and of the script tag. */
export const departmentIdSchema = v.pipe(slugSchema, v.brand('DepartmentId'));
export type DepartmentId = v.InferOutput<typeof departmentIdSchema>;

/** A random UUID. `crypto.randomUUID` would need a secure context, which a visitor's page may not be. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'.charAt((bytes[8] ?? 0) & 3);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** A visitor of the widget is a contact of their own until an agent joins two. */
export const contactIdOfVisitor = (id: VisitorId): ContactId => v.parse(contactIdSchema, id);

export const newConversationId = (): ConversationId => v.parse(conversationIdSchema, randomUuid());
export const newCommandId = (): CommandId => v.parse(commandIdSchema, randomUuid());
export const newVisitorId = (): VisitorId => v.parse(visitorIdSchema, randomUuid());
export const newContactId = (): ContactId => v.parse(contactIdSchema, randomUuid());
export const newOfflineMessageId = (): OfflineMessageId =>
  v.parse(offlineMessageIdSchema, randomUuid());
export const newCannedResponseId = (): CannedResponseId =>
  v.parse(cannedResponseIdSchema, randomUuid());
