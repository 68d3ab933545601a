import { describe, expect, test } from 'vitest';
import type { EtcdSpec } from '../../api/parts/etcd.ts';
import { pool } from '../../render/node-pool/testing/pool.ts';
import { etcd } from '../../render/testing/shop.ts';
import type { Member, ObservedCluster } from '../observed.ts';
import { lostZones } from './lost-zones.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const ZONES = ['geneva', 'gland', 'lucerne'];
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const up = (zone: string, seconds = 3600): Member => ({ zone, ready: true, since: ago(seconds) });
const down = (zone: string, seconds: number): Member => ({ zone, ready: false, since: ago(seconds) });

type Workers = Record<string, { ready?: number; standing?: number }>;

function cluster(
  workers: Workers = {},
  pausedZones?: string[],
  spec: EtcdSpec = { ...etcd, zones: ZONES },
): ObservedCluster {
  const zones = Object.fromEntries(ZONES.map(zone => [zone, { min: 1, max: 3 }]));
  const group = pool({ zones, ...(pausedZones ? { pausedZones } : {}) });
  return { etcd: { spec }, pools: { web: { spec: group, status: { zones: workers } } } };
}

const all = { ready: 1, standing: 1 };
const none = { ready: 0, standing: 1 };
const others = [up('geneva'), up('geneva'), up('lucerne')];

describe('a zone becomes lost', () => {
  test.each<[string, Workers, Member[], string[]]>([
    ['when all there is silent for a minute', { gland: none }, [down('gland', 61), down('gland', 90)], ['gland']],
    ['not before', { gland: none }, [down('gland', 59), down('gland', 90)], []],
    ['not while an API server answers', { gland: none }, [down('gland', 90), up('gland')], []],
    ['not while a worker answers', { gland: all }, [down('gland', 90), down('gland', 90)], []],
    ['without workers too', {}, [down('gland', 90)], ['gland']],
    ['with workers of which nobody knows', { gland: {} }, [down('gland', 90)], ['gland']],
    ['not while nothing is known of it', { gland: none }, [], []],
  ])('%s', (_, workers, members, expected) => {
    expect(lostZones(cluster(workers), [...others, ...members], NOW)).toEqual(expected);
  });

  test('but never all zones at once: that is something they share', () => {
    const silent = ZONES.map(zone => down(zone, 600));
    expect(lostZones(cluster(), silent, NOW)).toEqual([]);
    expect(lostZones(cluster({}, ['gland']), silent, NOW)).toEqual(['gland']);
    const single = { ...etcd, zones: ['geneva'] };
    expect(lostZones(cluster({}, undefined, single), [down('geneva', 600)], NOW)).toEqual([]);
  });
});

describe('a lost zone', () => {
  test.each<[string, Workers, Member[], string[]]>([
    ['stays lost while it is silent', { gland: none }, [down('gland', 900)], ['gland']],
    ['stays lost while nothing stands there any more', { gland: none }, [], ['gland']],
    ['stays lost while it flickers', { gland: all }, [up('gland', 119)], ['gland']],
    ['is back once a member and all workers are ready', { gland: all }, [up('gland', 120)], []],
    ['waits for workers that still boot', { gland: none }, [up('gland', 120)], ['gland']],
    ['waits for workers of which nobody knows', { gland: {} }, [up('gland', 120)], ['gland']],
    ['gives workers up that do not boot', { gland: none }, [up('gland', 900)], []],
  ])('%s', (_, workers, members, expected) => {
    expect(lostZones(cluster(workers, ['gland']), [...others, ...members], NOW)).toEqual(expected);
  });

  test('stays as it is while nobody has looked', () => {
    expect(lostZones(cluster({}, ['gland']), undefined, NOW)).toEqual(['gland']);
    expect(lostZones(cluster({}), undefined, NOW)).toEqual([]);
  });
});
