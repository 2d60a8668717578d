// What people write in the benchmark: words by chance, since sockets compress and a text that repeats itself is dearer
// to compress than any real one.

const WORDS = [
  ...[
    'the',
    'fern',
    'you',
    'sent',
    'me',
    'on',
    'Monday',
    'has',
    'lost',
    'two',
    'leaves',
    'and',
    'its',
    'pot',
    'is',
  ],
  ...[
    'cracked',
    'could',
    'I',
    'get',
    'a',
    'new',
    'one',
    'or',
    'my',
    'money',
    'back',
    'please',
    'order',
    'number',
  ],
  ...[
    'we',
    'can',
    'send',
    'it',
    'again',
    'by',
    'Friday',
    'if',
    'that',
    'suits',
    'would',
    'like',
    'some',
    'water',
  ],
];
export const PHRASE_CHARACTERS = 80;

/** A text like no other, of {@link PHRASE_CHARACTERS}. */
export function phrase(index: number): string {
  let text = `${index}:`;
  while (text.length < PHRASE_CHARACTERS)
    text += ` ${WORDS[Math.floor(Math.random() * WORDS.length)] ?? ''}`;
  return text.slice(0, PHRASE_CHARACTERS);
}
