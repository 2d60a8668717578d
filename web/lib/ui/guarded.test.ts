import { createRawSnippet } from 'svelte';
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import Guarded from './Guarded.svelte';

const broken = createRawSnippet(() => {
  throw new Error('it has half a character');
});
const whole = createRawSnippet(() => ({ render: () => '<p>Hello</p>' }));

/** As the server renders a page. */
const shown = (children: typeof whole) =>
  render(Guarded, {
    props: { instead: 'This can’t be shown.', children },
    transformError: (error) => error,
  });

test('[WP10] in place of an item that can’t be shown, that is said', async () => {
  expect((await shown(broken)).body).toContain('This can’t be shown.');
});

test('[WP10] an item that can be shown is', async () => {
  const { body } = await shown(whole);
  expect(body).toContain('<p>Hello</p>');
  expect(body).not.toContain('can’t');
});
