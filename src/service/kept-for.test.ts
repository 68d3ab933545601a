import { expect, test } from 'vitest';
import { keptFor } from './kept-for.ts';

test('it is made once for all who ask within the time, and anew afterwards', async () => {
  let time = 0;
  let made = 0;
  const get = keptFor(
    1000,
    async () => (made += 1),
    () => time,
  );
  expect(await Promise.all(Array.from({ length: 500 }, get))).toEqual(Array(500).fill(1));
  time = 999;
  expect(await get()).toBe(1);
  time = 1000;
  expect(await get()).toBe(2);
});

test('a failure is told to who asked and not kept', async () => {
  let fail = true;
  const get = keptFor(1000, async () => {
    if (fail) throw new Error('no');
    return 'yes';
  });
  await expect(get()).rejects.toThrow('no');
  fail = false;
  expect(await get()).toBe('yes');
});
