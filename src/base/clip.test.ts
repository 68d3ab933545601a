import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip } from './clip.ts';

test('a short text stays as it is, a long one says how much is missing', () => {
  expect(clip('short', 40)).toBe('short');
  expect(clip('x'.repeat(100), 40)).toBe(`${'x'.repeat(6)}… (and 94 characters more)`);
});

test('nothing is longer than asked for, nor cut within a character', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 30, maxLength: 300 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 34, max: 200 }), (text, most) => {
      const cut = clip(text, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.isWellFormed()).toBe(true);
    }),
  );
});
