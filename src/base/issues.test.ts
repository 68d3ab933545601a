import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldPath, issuesOf } from './issues.ts';

test.each([
  [['spec', 'nodeGroups', 'ml', 'gpus', 0, 'name'], 'spec.nodeGroups.ml.gpus[0].name'],
  [['zones', 1], 'zones[1]'],
  [[], ''],
])('%j reads %s', (parts, path) => expect(fieldPath(parts)).toBe(path));

const schema = z.object({
  zones: z.array(z.string('is no name')),
  disk: z.union([z.string('is no text'), z.object({ size: z.string() })]).optional(),
});

test('everything a schema finds wrong is told with its path, below where the data lies', () => {
  const { error } = schema.safeParse({ zones: ['a', 1, 2] });
  expect(error && issuesOf(error, 'spec')).toEqual([
    { path: 'spec.zones[1]', message: 'is no name' },
    { path: 'spec.zones[2]', message: 'is no name' },
  ]);
});

test('of a choice that nothing fits, the first form is the one to tell: "invalid input" would help nobody', () => {
  const { error } = schema.safeParse({ zones: [], disk: 1 });
  expect(error && issuesOf(error)).toEqual([{ path: 'disk', message: 'is no text' }]);
});
