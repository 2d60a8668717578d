import { expect, test } from 'vitest';
import { Pictures } from './pictures.svelte.ts';

test('[WS57] a picture that was changed has another address wherever it is shown, and no other picture has', () => {
  const pictures = new Pictures();
  const [mine, other] = [pictures.of('noor'), pictures.of('mara')];
  pictures.changed('noor', 7);
  expect(pictures.of('noor')).not.toBe(mine);
  expect(pictures.of('mara')).toBe(other);
  const once = pictures.of('noor');
  pictures.changed('noor', 8);
  expect(pictures.of('noor')).not.toBe(once);
});
