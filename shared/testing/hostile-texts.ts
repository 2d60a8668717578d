// Texts that strangers send to break a view, or to make it slow: each as long as a message may ever be.

const LENGTH = 20_000;

const repeated = (pattern: string): string =>
  pattern.repeat(Math.ceil(LENGTH / pattern.length)).slice(0, LENGTH);

/** Each with a name. */
export const hostileTexts = (): [name: string, text: string][] => [
  ['brackets that close what nothing opened', `http://a${repeated(')')}`],
  ['brackets of every kind', `http://a${repeated(')]}')}`],
  ['brackets that only open', `http://a${repeated('([')}`],
  ['punctuation after an address', `http://a/${repeated('.,;:!?')}`],
  ['the beginnings of addresses', repeated('http://')],
  ['addresses without an end', repeated('www.')],
  ['e-mail addresses that never come', repeated('a.+-')],
  ['a host of many dots', `a@${repeated('a.')}`],
  ['a host of many hyphens', `a@${repeated('a-')}`],
  ['at signs', repeated('@')],
  ['marks over one letter', `a${repeated('\u0301')}`],
  ['families joined without end', repeated('👩\u200d')],
  ['flags', repeated('🇩')],
  ['half characters', repeated('\ud83d')],
  ['the other half', repeated('\ude00')],
  ['nothing to see', repeated('\u200b')],
  ['directions turned again and again', repeated('\u202e\u2067a')],
  ['line ends', repeated('\n')],
  ['carriage returns', repeated('\r')],
  ['control characters', repeated('\u0000')],
  ['blanks before a letter', `${repeated(' ')}a`],
  ['one long word', repeated('W')],
  ['Chinese', repeated('漢。')],
  ['placeholders', repeated('{{contact.name}}')],
  ['tags', repeated('<b onclick=x>&')],
];
