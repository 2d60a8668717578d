// Settings that once had another name. An old name stops the start and names the new one.

const RENAMED: Record<string, string> = {
  unattended: 'offline',
  silence: 'visitor_inactivity',
  unanswered: 'first_reply_timeout',
  gone: 'agent_offline',
  chats_per_agent: 'max_conversations_per_agent',
  'limits.chats_per_agent': 'limits.max_conversations_per_agent',
  'queue.wait_at_most_seconds': 'queue.max_wait_seconds',
};

interface Renamed {
  /** Paths from the root of the settings. */
  readonly key: string;
  readonly newKey: string;
}

/** Every old name in the settings as they are written. */
export function renamedIn(raw: unknown): Renamed[] {
  const departments = isTable(raw) && Array.isArray(raw['departments']) ? raw['departments'] : [];
  return [
    ...renamedInTable(raw, ''),
    ...departments.flatMap((one, index) => renamedInTable(one, `departments.${index}.`)),
  ];
}

function renamedInTable(table: unknown, prefix: string): Renamed[] {
  return Object.entries(RENAMED)
    .filter(([path]) => hasPath(table, path.split('.')))
    .map(([path, newPath]) => ({ key: prefix + path, newKey: prefix + newPath }));
}

function hasPath(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) return true;
  return isTable(value) && key in value && hasPath(value[key], rest);
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
