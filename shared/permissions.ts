// Roles, and what each may be allowed to do. Apart from the settings, which no browser needs to load.

/** What a role may be allowed to do, beyond what every agent may. */
export const PERMISSIONS = [
  /** Take a queued conversation of one's own departments, and serve it. */
  'conversation.take',
  /** Forward one's conversations to a colleague or a department. */
  'conversation.transfer',
  /** Place one's conversations on hold, where the department allows it. */
  'conversation.hold',
  /** End a conversation that a colleague serves, or that nobody has taken. */
  'conversation.end-others',
  /** Do with a colleague's or a queued conversation whatever one may do with one's own. */
  'conversation.manage-others',
  /** See the queues and conversations of every department. */
  'conversation.view-all',
  /** Create, edit and delete canned responses for oneself. */
  'canned-response.save',
  /** Also those of one's own departments. */
  'canned-response.save-department',
  /** Also those of every department, and public ones. */
  'canned-response.save-all',
  /** See those of every department, and those that colleagues keep for themselves. */
  'canned-response.view-all',
  /** Change what is stored of a contact whom one may see, and choose their contact manager. */
  'contact.edit',
  /** Block a contact whom one may see, and unblock them. */
  'contact.block',
  /** Enter many contacts at once, out of a file. */
  'contact.import',
  /** Take all contacts whom one may see away in a file. */
  'contact.export',
  /** See and requeue what could not be delivered, and rebuild what is derived from the logs. */
  'deployment.operate',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['admin', 'manager', 'monitor', 'agent'] as const;
export type Role = (typeof ROLES)[number];
