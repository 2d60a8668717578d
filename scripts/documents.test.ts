// The pages lead somewhere: each link and each file that they name is there.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromRoot, root } from './paths.ts';

const files = globSync('**/*', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|\.git)$/.test(path),
});
const names = new Set(files.map((file) => file.split('/').at(-1)));
const pages = files.filter((file) => /^(docs\/.*|bench\/[A-Z]+|[A-Z]+)\.md$/.test(file));

const read = (page: string) => readFileSync(fromRoot(page), 'utf8');
/** Without code blocks, whose paths are examples. */
const proseOf = (page: string) => read(page).replace(/^```.*?^```$/gms, '');

const anchorsOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('%s', (page) => {
  const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, to = '']) => to);

  test('every link leads to a file, and to a heading in it', () => {
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!files.includes(target.replace(/\/$/, ''))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

/** A name without a folder may be in any. */
const exists = (path: string): boolean =>
  path.includes('*')
    ? files.some((file) => matchesGlob(file, path.includes('/') ? path : `**/${path}`))
    : files.includes(path) || (!path.includes('/') && names.has(path));

/** What the builds and the commands make. */
const MADE = /^(\.parley|\.wrangler|\.svelte-kit|node_modules|messages\/compiled)(\/|$)/;

test.each(['README.md', 'CONTRIBUTING.md', 'docs/STYLE.md', 'docs/architecture.md'])(
  '%s names only files that exist',
  (page) => {
    const named = [...proseOf(page).matchAll(/`([\w.@()*-]+(?:\/[\w.@()*-]+)*\/?)`/g)]
      .map(([, path = '']) => path.replace(/\/$/, ''))
      .filter((path) => path.includes('/') || /\.(ts|svelte|md|json|toml|sql|js|mjs)$/.test(path))
      .filter((path) => !MADE.test(path));
    expect(named.filter((path) => !exists(path))).toEqual([]);
  },
);
