// What is pasted with formatting, as a page, a mail and a text document have it.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linksIn, visibleText } from '#shared/formatting/visible-text.ts';
import type { HtmlNode } from './html-node.ts';
import { markdownOf } from './markdown.ts';
import { isModest, pastedMarkdown, withoutComments } from './pasted.ts';

type Child = HtmlNode | string;

/** An element, as a parser makes it. */
function el(
  tag: string,
  attributes: Record<string, string> | null,
  ...children: Child[]
): HtmlNode {
  return {
    ...{ nodeType: 1, nodeName: tag.toUpperCase(), nodeValue: null },
    getAttribute: (name) => attributes?.[name] ?? null,
    childNodes: children.map((child) =>
      typeof child === 'string'
        ? { nodeType: 3, nodeName: '#text', nodeValue: child, childNodes: [] }
        : child,
    ),
  };
}

const pasted = (...children: Child[]) => markdownOf(el('body', null, ...children));
const style = (css: string) => ({ style: css });

describe('[FM7] what is formatted elsewhere stays so', () => {
  test.each<[string, Child[], string]>([
    [
      'marks',
      ['a ', el('b', null, 'bold'), ' and ', el('em', null, 'slanted')],
      'a **bold** and _slanted_',
    ],
    ['marks inside of marks', [el('b', null, 'a ', el('i', null, 'b'), ' c')], '**a _b_ c**'],
    ['blanks at their ends', ['a', el('b', null, ' bold '), 'b'], 'a **bold** b'],
    ['struck out', [el('del', null, 'gone'), ' here'], '~~gone~~ here'],
    ['code', ['run ', el('code', null, 'npm start')], 'run `npm start`'],
    ['a heading', [el('h2', null, 'Title'), el('div', null, 'text')], '**Title**\n\ntext'],
    [
      'a link',
      [el('a', { href: 'https://shop.example/a(b)' }, 'our page')],
      '[our page](https://shop.example/a%28b%29)',
    ],
    [
      'an item',
      [el('ul', null, el('li', null, 'one'), ' ', el('li', null, el('p', null, 'two')))],
      '- one\n- two',
    ],
    [
      'numbers',
      [el('ol', { start: '3' }, el('li', null, 'one'), el('li', null, 'two'))],
      '3. one\n4. two',
    ],
    [
      'a quote',
      [el('blockquote', null, el('p', null, 'one'), el('p', null, 'two'))],
      '> one\n> two',
    ],
    ['lines of code', [el('pre', null, 'a\n  b')], '```\na\n  b\n```'],
    ['paragraphs', [el('p', null, el('b', null, 'one')), el('p', null, 'two')], '**one**\n\ntwo'],
    [
      'lines',
      [el('b', null, 'one'), el('br', null), 'two', el('br', null), el('br', null), 'three'],
      '**one**\ntwo\n\nthree',
    ],
  ])('%s', (_name, children, expected) => {
    expect(pasted(...children)).toBe(expected);
  });

  test('a text document of one kind', () => {
    const line = 'line-height:1.38;margin-top:0pt;margin-bottom:0pt;';
    const text = 'font-size:11pt;font-weight:400;font-style:normal;text-decoration:none;';
    const span = (css: string, said: string) => el('span', style(`${text}${css}`), said);
    const document = el(
      'b',
      { ...style('font-weight:normal;'), id: 'docs-internal-guid-1' },
      el('p', style(line), span('', 'Take '), span('font-weight:700;', 'two')),
      el('p', style(line), span('text-decoration:line-through;', 'and more')),
      el('ul', null, el('li', null, el('p', style(line), span('font-style:italic;', 'soil')))),
    );
    expect(pasted(document)).toBe('Take **two**\n~~and more~~\n- _soil_');
  });

  test('and of another, whose lists are paragraphs', () => {
    const item = (marker: string, said: string) =>
      el(
        'p',
        style('mso-list:l0 level1 lfo1'),
        el('span', style('mso-list:Ignore'), marker, el('span', null, '\u00a0\u00a0')),
        said,
      );
    expect(pasted(item('1.', 'soil'), item('2.', 'water'), item('·', 'light'))).toBe(
      '1. soil\n2. water\n- light',
    );
  });
});

describe('[FM8] what would be read otherwise is taken as plain text', () => {
  test.each<[string, Child[]]>([
    ['no formatting', [el('div', null, 'a'), el('div', null, 'b')]],
    ['a part of a word', [el('b', null, 'a'), 'b']],
    ['no address to follow', [el('a', { href: 'javascript:alert(1)' }, 'here')]],
    [
      'an address as its own text',
      [el('a', { href: 'https://shop.example/' }, 'https://shop.example/')],
    ],
    [
      'what nobody sees',
      [el('script', null, el('b', null, 'x')), el('b', style('display: none'), 'y'), 'z'],
    ],
  ])('%s', (_name, children) => {
    expect(pasted(...children)).toBeNull();
  });

  test('too much or too deep', () => {
    let deep = el('b', null, 'x');
    for (let depth = 0; depth < 1_000; depth++) deep = el('div', null, deep);
    expect(pasted(deep)).toBeNull();
    expect(pasted(el('b', null, 'word '.repeat(100_000)))).toBeNull();
    expect(pasted(...Array.from({ length: 60_000 }, () => el('b', null, 'x')))).toBeNull();
  });

  test.each([
    ['open formats', '<b>'.repeat(1_000)],
    ['many tags', '<p>x'.repeat(30_000)],
    ['deep boxes', '<div>'.repeat(1_000)],
    ['tables in tables', '<table><tr><td>'.repeat(1_000)],
    ['tags that differ', Array.from({ length: 500 }, (_, i) => `<font size=${i}>`).join('')],
  ])('%s are not even read', (_name, html) => {
    expect(isModest(html)).toBe(false);
  });

  test('nor is a page that is too long', () => {
    expect(pastedMarkdown(`<b>${'x'.repeat(1_000_000)}</b>`)).toBeNull();
  });

  test('comments are left out, also when they have no end, or hundreds of thousands begin', () => {
    expect(withoutComments('a<!-- <w:b/> -->b<!---->c<!-->d')).toBe('abcd');
    expect(withoutComments('a<!-- b')).toBe('a');
    expect(withoutComments('<!--'.repeat(250_000))).toBe('');
  });

  test('a page of usual size is read', () => {
    expect(isModest('<p><b>x</b> <i>y</i></p>'.repeat(2_000))).toBe(true);
  });
});

const words = fc.string({
  unit: fc.constantFrom(
    ...'ab茶1 *_~`[]()>-\n#'.split(''),
    'https://shop.example/x',
    '1. ',
    'www.shop.example/',
    '**',
  ),
  maxLength: 12,
});
const addresses = fc.constantFrom(
  ...[
    'https://shop.example/a',
    'https://bank.example/**x**',
    'javascript:alert(1)',
    'mailto:a@b.example',
  ],
  ...['https://user:pass@evil.example', '/path', 'https://shop.example/(x) y'],
);
const { node: nodes } = fc.letrec<{ node: HtmlNode | string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    words,
    fc
      .tuple(
        fc.constantFrom(
          'b',
          'i',
          's',
          'code',
          'a',
          'p',
          'div',
          'li',
          'ul',
          'ol',
          'blockquote',
          'pre',
          'br',
          'span',
        ),
        addresses,
        fc.array(tie('node'), { maxLength: 4 }),
      )
      .map(([tag, href, children]) => el(tag, { href }, ...children)),
  ),
}));

function textIn(node: HtmlNode): string {
  return node.nodeType === 3 ? (node.nodeValue ?? '') : [...node.childNodes].map(textIn).join('');
}

const hrefsIn = (node: HtmlNode): string[] => [
  ...(node.nodeName === 'A' ? [node.getAttribute?.('href') ?? ''] : []),
  ...[...node.childNodes].flatMap(hrefsIn),
];

/** Without what an address may have and lack. */
const named = (address: string) =>
  decodeURIComponent(address)
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '');

/** Without what may be a mark, and blanks. */
const letters = (text: string) => text.replaceAll(/[\s*_~`[\]()>#.\-\d]/g, '');

test('[FM7] what is pasted shows no text and no link that was not in what was copied', () => {
  fc.assert(
    fc.property(fc.array(nodes, { minLength: 1, maxLength: 5 }), (children) => {
      const body = el('body', null, ...children);
      const text = markdownOf(body);
      if (text === null) return;
      const source = textIn(body);
      const behind = hrefsIn(body).map(named);
      for (const link of linksIn(text).map(named)) {
        expect(behind.includes(link) || source.replaceAll(/\s/g, '').includes(link)).toBe(true);
      }
      const seen = letters(visibleText(text));
      expect(isWithin(seen, letters(source))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

/** Whether all of it is there, in this order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (part.startsWith(character, at)) at += character.length;
  return at === part.length;
}
