import { expect, test } from 'vitest';
import { controlPlaneStatus } from '../api/parts/control-plane.ts';
import { clusterStatus } from '../api/v1alpha1/status.ts';
import { leavingStatus } from './leaving-status.ts';

test('what leaves is told in a stable order, each line once, and nothing is said while nothing leaves', () => {
  const lines: [string, string][] = [
    ['node group web', 'b'],
    ['add-ons', 'a'],
    ['node group web', 'b'],
    ['node group web', 'a'],
  ];
  const told = [
    { part: 'add-ons', reason: 'a' },
    { part: 'node group web', reason: 'a' },
    { part: 'node group web', reason: 'b' },
  ];
  expect(leavingStatus(lines)).toEqual({ leaving: told });
  expect(leavingStatus(lines.toReversed())).toEqual({ leaving: told });
  expect(leavingStatus([])).toEqual({});
});

test('however much leaves, the status stays within its definitions and says how much is not listed', () => {
  const many = Array.from({ length: 500 }, (_, index): [string, string] => [`part-${index}`, 'why'.repeat(2000)]);
  const status = leavingStatus(many);
  expect(status.leaving).toHaveLength(21);
  expect(status.leaving?.at(-1)).toEqual({ part: '…', reason: '480 more leave' });
  expect(JSON.stringify(status).length).toBeLessThan(8_000);
  expect(clusterStatus.parse(status)).toEqual(status);
  expect(controlPlaneStatus.parse(status)).toEqual(status);
});
