// The people and texts that npm start begins with.

import type { Role } from '#shared/permissions.ts';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly username: string;
  readonly role: Role;
  /** Those that the settings do not have are left out. */
  readonly departments: readonly string[];
}

export const DEMO_PASSWORD = 'parley-demo';

/** Pictures are in scripts/avatars, named by username. */
export const DEMO_PEOPLE = [
  {
    name: 'Ada Okafor',
    email: 'ada@parley.example',
    username: 'ada',
    role: 'admin',
    departments: ['sales', 'support'],
  },
  {
    name: 'Mara Lindqvist',
    email: 'mara@parley.example',
    username: 'mara',
    role: 'manager',
    departments: ['sales', 'support'],
  },
  {
    name: 'Theo Brandt',
    email: 'theo@parley.example',
    username: 'theo',
    role: 'monitor',
    departments: ['support'],
  },
  {
    name: 'Noor Haddad',
    email: 'noor@parley.example',
    username: 'noor',
    role: 'agent',
    departments: ['sales', 'support'],
  },
] as const satisfies readonly DemoPerson[];

interface DemoCannedResponse {
  readonly shortcut: string;
  readonly text: string;
  /** null: everyone may use it. */
  readonly department: string | null;
  readonly tags?: readonly string[];
}

export const DEMO_CANNED_RESPONSES: readonly DemoCannedResponse[] = [
  {
    shortcut: 'hello',
    text: 'Hello, and welcome! I am {{agent.name}} of {{department.name}}. How can I help you today?',
    department: null,
  },
  {
    shortcut: 'moment',
    text: 'Let me look that up for you; it takes a minute or two.',
    department: null,
  },
  {
    shortcut: 'thanks',
    text: 'Thank you for writing to us. Is there anything else I can do for you?',
    department: null,
  },
  { shortcut: 'bye', text: 'You are welcome. Have a lovely day!', department: null },
  {
    shortcut: 'shipping',
    text: 'We ship within two working days. Delivery takes three to five more, and is free from €50.',
    department: 'sales',
  },
  {
    shortcut: 'sizes',
    text: 'Our sizes run true. If you are between two, take the larger one; exchanging it is free.',
    department: 'sales',
  },
  {
    shortcut: 'returns',
    text: 'You can send anything back within 30 days. The label is in your parcel; the refund takes about a week.',
    department: 'support',
    tags: ['Return'],
  },
  {
    shortcut: 'order-number',
    text: 'Could you give me your order number? It begins with JF and is in the confirmation e-mail.',
    department: 'support',
    tags: ['Order'],
  },
  {
    shortcut: 'by-email',
    text: 'We will write to {{contact.email}} as soon as we know more.',
    department: null,
  },
];

interface DemoContact {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export const DEMO_CONTACTS: readonly DemoContact[] = [
  { name: 'Elif Yıldız', email: 'elif@example.com', phone: null },
  { name: 'Jonas Berger', email: 'jonas.berger@example.com', phone: '+49 30 5550142' },
  { name: 'Priya Raman', email: 'priya@example.org', phone: null },
  { name: '佐藤 美咲', email: 'misaki@example.jp', phone: '+81 3 5550 0199' },
  { name: 'ליאור כהן', email: null, phone: '+972 3 555 0123' },
  { name: 'Camille Dubois', email: 'camille@example.fr', phone: null },
];

interface DemoConversation {
  readonly department: string;
  readonly page: string;
  /** Who serves and ends it; null: it waits in the queue. */
  readonly agent: (typeof DEMO_PEOPLE)[number]['username'] | null;
  /** The visitor begins. */
  readonly messages: readonly (readonly ['visitor' | 'agent', string])[];
  readonly comment: string | null;
}

/** In the order in which they happen. */
export const DEMO_CONVERSATIONS: readonly DemoConversation[] = [
  {
    department: 'sales',
    page: 'https://juniper.example/bags/canvas-tote',
    agent: 'noor',
    messages: [
      ['visitor', 'Hi! Is the canvas tote big enough for a 15-inch laptop?'],
      ['agent', 'Hello, and welcome! Yes, it fits one up to 16 inches, with a sleeve.'],
      ['visitor', 'Lovely. And does it come in green?'],
      ['agent', 'In moss green from next Monday. Shall I set one aside for you?'],
      ['visitor', 'No need, I will come back on Monday. Thank you!'],
      ['agent', 'You are welcome. Have a lovely day!'],
    ],
    comment: 'Wants the tote in moss green.',
  },
  {
    department: 'support',
    page: 'https://juniper.example/orders',
    agent: 'mara',
    messages: [
      ['visitor', 'My parcel says “delivered”, but there is nothing here.'],
      ['agent', 'I am sorry to hear that. Could you give me your order number?'],
      ['visitor', 'JF-20418'],
      ['agent', 'Thank you. The carrier left it with your neighbour at number 12.'],
      ['visitor', 'Found it! 🎉'],
    ],
    comment: null,
  },
  {
    department: 'support',
    page: 'https://juniper.example/returns',
    agent: 'noor',
    messages: [
      ['visitor', 'Wie lange kann ich etwas zurückgeben?'],
      ['agent', '30 Tage lang. Das Etikett liegt im Paket, die Erstattung dauert etwa eine Woche.'],
      ['visitor', 'Perfekt, danke.'],
    ],
    comment: null,
  },
  {
    department: 'sales',
    page: 'https://juniper.example/gift-cards',
    agent: null,
    messages: [
      ['visitor', 'Hello, do you have gift cards?'],
      ['visitor', 'It is for my sister, by Friday if possible.'],
    ],
    comment: null,
  },
  {
    department: 'support',
    page: 'https://juniper.example/account',
    agent: null,
    messages: [['visitor', 'I cannot change my delivery address. The page just reloads.']],
    comment: null,
  },
];
