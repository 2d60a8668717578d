// What is left in departments that the settings no longer name. Who starts Parley is told, and who asks for the queues.
// Not TypeScript, because the process that serves reads it: see start.mjs.

/** Conversations that go on and messages that are open, by department. */
export const OPEN_BY_DEPARTMENT = `SELECT id, sum(conversation) AS conversations, sum(message) AS messages
  FROM (
    SELECT department_id AS id, 1 AS conversation, 0 AS message FROM conversation WHERE closed_at IS NULL
    UNION ALL
    SELECT department_id, 0, 1 FROM offline_message WHERE done_at IS NULL
  )
  GROUP BY id ORDER BY id`;

/**
 * @param {readonly { id: string, conversations: number, messages: number }[]} open
 * @param {readonly string[]} known the departments of the settings
 * @returns {string} a line for each that is not known; empty without any
 */
export function leftBehind(open, known) {
  return open
    .filter(({ id }) => !known.includes(id))
    .map(
      ({ id, conversations, messages }) =>
        `The settings have no department “${id}”, which has open conversations (${conversations}) and offline ` +
        `messages (${messages}). Agents who may see all find them in the workspace.`,
    )
    .join('\n');
}
