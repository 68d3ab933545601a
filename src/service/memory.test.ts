import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const MIB = 1024 * 1024;

test('what only the start needed goes back to the system, and nobody is left with the collector', () => {
  const program = fileURLToPath(new URL('testing/garbage.ts', import.meta.url));
  const told: unknown = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' }));
  const { before, after, collector } = z
    .object({ before: z.number(), after: z.number(), collector: z.boolean() })
    .parse(told);
  expect(before - after).toBeGreaterThan(20 * MIB);
  expect(collector).toBe(false);
}, 60_000);
