// What messages are formatted by, and what stays as it was written.

import { describe, expect, test } from 'vitest';
import { blocksOf, type Block } from './formatting.ts';
import type { Inline } from './inline.ts';

/** As a line of text: <strong>bold</strong>, [link → address]. */
function shown(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if (node.kind === 'code') return `<code>${node.text}</code>`;
      if (node.kind === 'link') return `[${node.text} → ${node.host ?? 'as shown'}]`;
      return `<${node.kind}>${shown(node.inside)}</${node.kind}>`;
    })
    .join('');
}

function shownBlock(block: Block): string {
  if (block.kind === 'code') return `<pre>${block.text}</pre>`;
  if (block.kind === 'quote') return `<quote>${shown(block.inside)}</quote>`;
  if (block.kind === 'text') return shown(block.inside);
  const items = block.items.map((item) => `<li>${shown(item)}</li>`).join('');
  return block.start === null ? `<ul>${items}</ul>` : `<ol ${block.start}>${items}</ol>`;
}

const format = (text: string) => blocksOf(text).map(shownBlock).join('|');

describe('[FM1] marks in a line', () => {
  test.each([
    [
      '**bold**, *italic*, _italic_ and ~~gone~~',
      '<strong>bold</strong>, <em>italic</em>, <em>italic</em> and <del>gone</del>',
    ],
    ['***both***', '<strong><em>both</em></strong>'],
    ['**a *b* c**', '<strong>a <em>b</em> c</strong>'],
    ['use `npm *start*`', 'use <code>npm *start*</code>'],
    ['这是**重点**吗', '这是<strong>重点</strong>吗'],
    ['(*so*)', '(<em>so</em>)'],
  ])('%s', (text, expected) => expect(format(text)).toBe(expected));
});

describe('[FM2] what closes nothing stays as it was written', () => {
  test.each([
    '2*3*4 = 24',
    'snake_case_name',
    '**',
    '****',
    'a * b * c',
    '*open',
    'close*',
    '~~half',
    '`tick',
    '5 > 3',
    '-5 degrees',
    '- ',
    '```\nopen',
    '[text](javascript:alert(1))',
    '[text](/path)',
    'list[0](1)',
  ])('%s', (text) => expect(format(text)).toBe(text));

  test('marks that overlap', () => expect(format('**a *b** c*')).toBe('<strong>a *b</strong> c*'));
});

describe('[FM3] what stands one under the other', () => {
  test.each([
    ['Take:\n- soil\n- *water*\nDone', 'Take:|<ul><li>soil</li><li><em>water</em></li></ul>|Done'],
    ['3. dig\n4. plant', '<ol 3><li>dig</li><li>plant</li></ol>'],
    ['> You said\n> this\nYes', '<quote>You said\nthis</quote>|Yes'],
    ['```js\nlet a = "*b*";\n```\nthat', '<pre>let a = "*b*";</pre>|that'],
    ['one\n\ntwo', 'one\n\ntwo'],
  ])('%j', (text, expected) => expect(format(text)).toBe(expected));
});

describe('[FM4] links', () => {
  test.each([
    ['[our page](https://shop.example/a_b_c)', '[our page → shop.example]'],
    ['[shop.example](https://shop.example/)', '[shop.example → as shown]'],
    ['[https://bank.example](https://evil.example)', '[https://bank.example → evil.example]'],
    ['**https://shop.example/a_b_c**', '<strong>[https://shop.example/a_b_c → as shown]</strong>'],
    ['_see_ https://shop.example/_x_', '<em>see</em> [https://shop.example/_x → as shown]_'],
    ['`https://shop.example`', '<code>https://shop.example</code>'],
  ])('%s', (text, expected) => expect(format(text)).toBe(expected));
});
