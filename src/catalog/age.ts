import { versionsOf } from './compatibility.ts';
import { byMinor } from './minor.ts';
import { CHARTS } from './schema/chart.ts';
import type { Catalog } from './schema.ts';

/** One thing a catalogue offers in a version of its own. */
export interface CatalogEntry {
  name: string;
  version: string;
  /** When it was released, YYYY-MM-DD; undefined when nobody knows. */
  released: string | undefined;
  /** Days since then. */
  days: number | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * Everything in a catalogue that has a version, with its age; Kubernetes first, then what runs with it.
 *
 * @param released days by `<name> <version>`
 */
export function agesOf(catalog: Catalog, released: Readonly<Record<string, string>>, now: Date): CatalogEntry[] {
  return entriesOf(catalog).map(([name, version]) => {
    const day = released[`${name} ${version}`];
    return { name, version, released: day, days: day === undefined ? undefined : daysSince(day, now) };
  });
}

function entriesOf({ versions, etcd, charts, images }: Catalog): [string, string][] {
  const minors = byMinor(Object.keys(versions)).flatMap(minor => versions[minor] ?? []);
  return [
    ...minors.map(({ patch }): [string, string] => ['kubernetes', patch]),
    ...minors.map(({ autoscaler }): [string, string] => ['cluster-autoscaler', tagOf(autoscaler)]),
    ...minors.flatMap(({ konnectivity }): [string, string][] => (konnectivity ? [['konnectivity', konnectivity]] : [])),
    ['etcd', etcd.version],
    ...CHARTS.flatMap(chart => versionsOf(charts[chart]).map(({ version }): [string, string] => [chart, version])),
    ...Object.entries(images).map(([name, image]): [string, string] => [name, tagOf(image)]),
  ];
}

/** The tag of an image, or the beginning of its digest. */
function tagOf(image: string): string {
  const [name = '', digest = ''] = image.slice(image.lastIndexOf('/') + 1).split('@');
  return name.split(':')[1] ?? digest.slice(0, 15);
}

function daysSince(day: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(day)) / DAY);
}
