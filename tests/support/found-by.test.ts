// Stories share one Parley, so what one leaves in a queue stands there while the next ones run.

import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const FOUND_BY = /(?:inQueue|inProgress|onHold|take)\(\s*'([^']+)'\)|servedBy\([^;]*?'([^']+)'\)/g;

test('a sentence by which agents find a conversation is of one story alone', async () => {
  const stories: string[] = [];
  for await (const file of glob('tests/e2e/*.test.ts')) {
    const source = await readFile(file, 'utf8');
    if (!source.includes('own-parley')) stories.push(...source.split(/^test[.(]/m));
  }
  const found = stories.flatMap((story) => [
    ...new Set([...story.matchAll(FOUND_BY)].map(([, listed, served]) => listed ?? served)),
  ]);
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter((sentence, index) => found.indexOf(sentence) !== index)).toEqual([]);
});
