import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../catalog/index.ts';
import { describeFinding } from './finding.ts';
import { asOf, versionLife } from './version-life.ts';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
/** v1.35 ends on 2027-02-28. */
const told = (day: string, minor = 'v1.35') => versionLife(minor, hikubeCatalog, at(day)).map(describeFinding);

describe('the life of a minor', () => {
  test.each([
    ['2026-11-25', []],
    ['2026-11-29', []],
    ['2026-11-30', ['VersionExpires', 'ends soon', 'plan it: use v1.36']],
    ['2027-01-28', ['VersionExpires', 'ends soon', 'plan it: use v1.36']],
    ['2027-01-29', ['VersionExpires', 'is about to end', 'now: use v1.36']],
    ['2027-02-28', ['VersionExpires', 'is about to end', 'now: use v1.36']],
    ['2027-03-01', ['VersionExpired', 'ended on 2027-02-28', 'use v1.36']],
  ])('on %s v1.35 says %j', (day, words) => {
    const [line = ''] = told(day);
    expect(line === '').toBe(words.length === 0);
    for (const word of words) expect(line).toContain(word);
    if (line) expect(line).toContain('2027-02-28');
  });

  test('the words change twice and then no more, so that a status does not change with each look', () => {
    const days = Array.from({ length: 150 }, (_, day) => new Date(at('2026-11-01').getTime() + day * 86_400_000));
    const lines = days.map(day => versionLife('v1.35', hikubeCatalog, day).map(describeFinding).join());
    expect(new Set(lines).size).toBe(4);
  });

  test('a minor that is several steps behind is told the whole way', () => {
    expect(told('2026-11-25', 'v1.31')[0]).toContain(
      'use v1.36; a running cluster goes up one minor at a time, v1.32 first',
    );
  });

  test('without a day the state alone decides', () => {
    const { endOfLife: _, ...entry } = hikubeCatalog.versions['v1.35'] ?? expect.fail('no v1.35');
    const life = (state: 'supported' | 'deprecated' | 'expired') =>
      versionLife('v1.35', { ...hikubeCatalog, versions: { 'v1.35': { ...entry, state } } }, at('2030-01-01'));
    expect(life('supported')).toEqual([]);
    expect(life('deprecated')).toMatchObject([{ code: 'VersionExpires', message: 'v1.35 is deprecated' }]);
    expect(life('expired')).toMatchObject([{ code: 'VersionExpired' }]);
    for (const state of ['deprecated', 'expired'] as const) expect(life(state)[0]?.remedy).not.toBe('');
  });

  test('every minor of the catalogue has a day, and the states agree with the calendar of this catalogue', () => {
    for (const [minor, entry] of Object.entries(hikubeCatalog.versions)) {
      expect(entry.endOfLife, minor).toBeDefined();
      if (entry.state !== 'expired') continue;
      const supported = { ...hikubeCatalog, versions: { [minor]: { ...entry, state: 'supported' as const } } };
      expect(asOf(supported, at('2026-11-25')).versions[minor]?.state, minor).toBe('expired');
    }
  });
});
