import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { holdZones, ZONE_GUARDS, type ZoneState } from './index.ts';
import type { ZoneStep } from './types.ts';

const FREE: ZoneStep = { zone: 'geneva', replaces: true, lost: false, behind: undefined, fits: true };
const zone = (name: string, given: Partial<ZoneState> = {}): ZoneState => ({
  zone: name,
  changes: true,
  rolling: false,
  lost: false,
  objects: { standing: 3, added: 2 },
  ...given,
});
const codes = (zones: ZoneState[], inTurn = false, guards = ZONE_GUARDS) =>
  Object.fromEntries([...holdZones(zones, inTurn, guards)].map(([name, { code }]) => [name, code]));

describe('each guard alone', () => {
  test.each<[string, Partial<ZoneStep>, string | undefined]>([
    ['nothing is against it', {}, undefined],
    ['the zone is lost', { lost: true }, 'LostZone'],
    ['the zone is lost and has no nodes', { lost: true, replaces: false }, undefined],
    ['another zone is being replaced', { behind: 'gland' }, 'ZonesInTurn'],
    ['another zone is being replaced, and this one has no nodes', { behind: 'gland', replaces: false }, undefined],
    ['there is no room', { fits: false }, 'NoRoom'],
  ])('when %s', (_, given, code) => {
    const holds = ZONE_GUARDS.flatMap(guard => guard({ ...FREE, ...given }) ?? []);
    expect(holds.map(hold => hold.code)).toEqual(code === undefined ? [] : [code]);
  });

  test('has a file of its own and stands in the list', () => {
    const files = globSync('*.ts', { cwd: import.meta.dirname }).filter(file => !/^(index|types)|\.test\./.test(file));
    expect(ZONE_GUARDS).toHaveLength(files.length);
  });
});

describe('the zones of a group', () => {
  const three = [zone('geneva'), zone('gland'), zone('lucerne')];

  test('go all at once where there are spare nodes, and without them one after another', () => {
    expect(codes(three)).toEqual({});
    expect(codes(three, true)).toEqual({ gland: 'ZonesInTurn', lucerne: 'ZonesInTurn' });
    const [, oneRollAtATime] = ZONE_GUARDS;
    const rest = ZONE_GUARDS.filter(guard => guard !== oneRollAtATime);
    expect(codes(three, true, rest)).toEqual({});
  });

  test('wait for the one that rolls already, unless it is lost', () => {
    const rolling = zone('gland', { changes: false, rolling: true, objects: { standing: 5, added: 0 } });
    expect(codes([zone('geneva'), rolling], true)).toEqual({ geneva: 'ZonesInTurn' });
    expect(codes([zone('geneva'), { ...rolling, lost: true }], true)).toEqual({});
  });

  test('never become more than 40 objects', () => {
    const full = { standing: 12, added: 2 };
    expect(codes([zone('a', { objects: full }), zone('b', { objects: full }), zone('c', { objects: full })])).toEqual({
      b: 'NoRoom',
      c: 'NoRoom',
    });
  });
});
