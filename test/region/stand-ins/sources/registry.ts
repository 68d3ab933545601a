import { chartNames, type PackedChart, packChart } from '../../charts.ts';
import type { KnownChart } from './known-charts.ts';
import { recordedChart } from './recorded-chart.ts';

/** A chart that a registry or repository offers. */
export interface Offer {
  name: string;
  /** Oldest first. */
  versions: string[];
  pack(version: string): Promise<PackedChart>;
}

/** Everything that can be pulled in the region. */
export interface Registry {
  /** The chart at a full OCI address. */
  oci(url: string): Promise<Offer | undefined>;
  /** The charts a Helm repository lists; undefined when nothing answers at that address. */
  repository(url: string): Offer[] | undefined;
}

/** Offers the project's own charts at any OCI address that ends in their name, and the known upstream charts. */
export function createRegistry(known: readonly KnownChart[]): Registry {
  const offers = known.map(chart => ({ url: trim(chart.url), offer: recorded(chart) }));
  return {
    async oci(url) {
      const own = chartNames.find(name => trim(url).endsWith(`/${name}`));
      if (own) return ownOffer(own);
      return offers.find(entry => entry.url === trim(url))?.offer;
    },
    repository(url) {
      const listed = offers.filter(entry => entry.url === trim(url)).map(entry => entry.offer);
      return listed.length > 0 ? listed : undefined;
    },
  };
}

/** The version asked for; absent or `*` means the newest. Ranges are not served here: the project pins versions. */
export function pick(offer: Offer, version: string | undefined): string | undefined {
  if (version === undefined || version === '' || version === '*') return offer.versions.at(-1);
  return offer.versions.find(candidate => bare(candidate) === bare(version));
}

async function ownOffer(name: (typeof chartNames)[number]): Promise<Offer> {
  const chart = await packChart(name);
  return { name, versions: [chart.version], pack: async () => chart };
}

function recorded(chart: KnownChart): Offer {
  const packed = new Map<string, Promise<PackedChart>>();
  return {
    name: chart.name,
    versions: chart.versions,
    pack(version) {
      const archive = packed.get(version) ?? recordedChart(chart, version);
      packed.set(version, archive);
      archive.catch(() => packed.delete(version));
      return archive;
    },
  };
}

function trim(url: string): string {
  return url.replace(/\/+$/, '');
}

function bare(version: string): string {
  return version.replace(/^v/, '');
}
