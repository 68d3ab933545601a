import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocatable, reservedOf } from './capacity.ts';

describe('CPU: 5% each for system and kubelet, between 50m and 500m', () => {
  test.each([
    [1, 50, 900],
    [2, 100, 1800],
    [4, 200, 3600],
    [8, 400, 7200],
    [16, 500, 15000],
    [32, 500, 31000],
    [64, 500, 63000],
  ])('%i cores reserve %im twice and leave %im', (cpu, reserved, left) => {
    expect(reservedOf({ cpu, memory: '8Gi' }).millicores).toBe(reserved);
    expect(allocatable({ cpu, memory: '8Gi' }, '20Gi').millicores).toBe(left);
  });
});

describe('memory: 5% each between 256Mi and 1024Mi, and 7% below which the kubelet evicts', () => {
  test.each([
    ['2Gi', 256, 1392],
    ['4Gi', 256, 3297],
    ['8Gi', 409, 6800],
    ['16Gi', 819, 13599],
    ['20480Mi', 1024, 16998],
    ['32Gi', 1024, 28426],
    ['64Gi', 1024, 58900],
    ['128Gi', 1024, 119848],
    ['256Gi', 1024, 241745],
  ])('%s reserves %iMi twice and leaves %iMi', (memory, reserved, left) => {
    expect(reservedOf({ cpu: 4, memory }).mebibytes).toBe(reserved);
    expect(allocatable({ cpu: 4, memory }, '20Gi').mebibytes).toBe(left);
  });

  test('a machine smaller than its own reservations has nothing left, not less than nothing', () => {
    expect(allocatable({ cpu: 1, memory: '512Mi' }, '20Gi').mebibytes).toBe(0);
  });
});

test('a disk leaves what file system and eviction do not take', () => {
  expect(allocatable({ cpu: 4, memory: '8Gi' }, '50Gi').diskMebibytes).toBe(43776);
});

test('a larger machine never leaves less than a smaller one', () => {
  const machine = fc.record({
    cpu: fc.integer({ min: 1, max: 512 }),
    mebibytes: fc.integer({ min: 1, max: 4_194_304 }),
  });
  fc.assert(
    fc.property(machine, fc.nat(64), fc.nat(65_536), (small, cpu, memory) => {
      const less = allocatable({ cpu: small.cpu, memory: `${small.mebibytes}Mi` }, '20Gi');
      const more = allocatable({ cpu: small.cpu + cpu, memory: `${small.mebibytes + memory}Mi` }, '20Gi');
      expect(more.millicores).toBeGreaterThanOrEqual(less.millicores);
      expect(more.mebibytes).toBeGreaterThanOrEqual(less.mebibytes);
      expect(less.millicores).toBeLessThanOrEqual(small.cpu * 1000);
      expect(less.mebibytes).toBeLessThanOrEqual(small.mebibytes);
    }),
  );
});
