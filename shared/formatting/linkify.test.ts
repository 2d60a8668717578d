// What becomes a link, and what never does.
import { describe, expect, test } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) =>
  linkify(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));

describe('linkify', () => {
  test('[WG1] finds addresses and leaves a sentence its punctuation', () => {
    expect(links('See https://example.com/a?b=1, or www.example.org.')).toEqual([
      ['https://example.com/a?b=1', 'https://example.com/a?b=1'],
      ['www.example.org', 'https://www.example.org/'],
    ]);
    expect(links('(https://example.com/x_(y))')).toEqual([
      ['https://example.com/x_(y)', 'https://example.com/x_(y)'],
    ]);
    expect(links('Write to Ada.Okafor@parley.example!')).toEqual([
      ['Ada.Okafor@parley.example', 'mailto:Ada.Okafor@parley.example'],
    ]);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://',
    '<a href="x">y</a>',
    'a.b 1.5 e.g. and/or',
  ])('[WG1] makes no link of %s', (text) => {
    expect(links(text)).toEqual([]);
  });

  test.each([
    ['請看 https://example.com/a。謝謝', 'https://example.com/a'],
    ['(参照:https://example.com/あ)、次', 'https://example.com/あ'],
    ['「https://example.com/x」です', 'https://example.com/x'],
    ['（https://example.com/x）', 'https://example.com/x'],
    ['https://example.com/日本（曖昧）', 'https://example.com/日本（曖昧）'],
    ['see https://example.com/a, or', 'https://example.com/a'],
    ['**https://example.com/a**', 'https://example.com/a'],
    ['انظر https://example.com/a، ثم', 'https://example.com/a'],
    ['هل رأيت https://example.com/a؟', 'https://example.com/a'],
    ['देखें https://example.com/a।', 'https://example.com/a'],
    ['〔https://example.com/a〕', 'https://example.com/a'],
    ['‘https://example.com/a’', 'https://example.com/a'],
    ['https://example.com/a\u200b and more', 'https://example.com/a'],
    ['https://example.com/a/', 'https://example.com/a/'],
  ])('[WG1] ends the address in %j where its sentence goes on', (text, address) => {
    expect(links(text).map(([shown]) => shown)).toEqual([address]);
  });

  test.each([
    ['https://аpple.com/', 'xn--pple-43d.com'],
    ['https://аpple.com/xn--pple-43d.com', 'xn--pple-43d.com'],
    ['https://bank.ex%61mple.com/', 'bank.example.com'],
    ['http://2130706433/', '127.0.0.1'],
    ['https:///example.com/', 'example.com'],
    ['mailto:ada@аpple.com', 'xn--pple-43d.com'],
    ['mailto:ada@parley.example?subject=x', null],
    ['https://example.com:8443/a', null],
    ['https://xn--pple-43d.com/', null],
    ['https://Example.COM/a', null],
    ['www.example.org', null],
    ['ada@parley.example', null],
  ])('[WG40] says beside %j where it leads, if its text does not', (text, host) => {
    expect(linkify(text).map((piece) => piece.host)).toEqual([host]);
  });

  test.each([
    'https://bank.example@evil.example/',
    'https://a:b@evil.example',
    'https://a\u202eb.example',
  ])('[WG40] makes no link of %j, which hides where it leads', (text) => {
    expect(links(text)).toEqual([]);
  });

  test('[WG1] loses and invents nothing', () => {
    const texts = [
      '',
      'plain',
      ' https://a.example  b@c.example ',
      'https://a.example\n\n<x>',
      '…)',
    ];
    for (const text of texts) {
      const whole = linkify(text).map((piece) => piece.text);
      expect(whole.join('')).toBe(text);
    }
  });
});
