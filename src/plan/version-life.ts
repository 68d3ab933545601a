import type { Catalog, CatalogVersion } from '../catalog/index.ts';
import { byMinor, minorNumber } from '../catalog/minor.ts';
import type { Finding } from './finding.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Days before a minor's end from which it is told, and from which it is urgent. */
const SOON = 90;
const URGENT = 30;

/** The catalogue as of a day: a minor whose last day has passed is expired, whatever state was written beside it. */
export function asOf(catalog: Catalog, now: Date): Catalog {
  const versions = Object.entries(catalog.versions).map(([minor, entry]): [string, CatalogVersion] => [
    minor,
    isExpired(entry, now) ? { ...entry, state: 'expired' } : entry,
  ]);
  return { ...catalog, versions: Object.fromEntries(versions) };
}

/** Whether a minor gets no more fixes: the catalogue says so, or its day has passed. */
function isExpired({ state, endOfLife }: CatalogVersion, now: Date): boolean {
  return state === 'expired' || (endOfLife !== undefined && daysUntil(endOfLife, now) < 0);
}

/**
 * Warnings about the life of the minor a cluster runs or asks for. They name the day and never count days, so that they
 * change when something happens and not with each look.
 *
 * @param minor `v1.34`
 */
export function versionLife(minor: string, catalog: Catalog, now: Date): Finding[] {
  const entry = catalog.versions[minor];
  if (!entry) return [];
  if (isExpired(entry, now)) {
    const since = entry.endOfLife === undefined ? 'is past its end of life' : `ended on ${entry.endOfLife}`;
    return [warning('VersionExpired', `${minor} ${since} and gets no more security fixes`, wayOut(minor, catalog))];
  }
  if (entry.state === 'preview') {
    return [
      warning('VersionPreview', `${minor} is a preview of the platform`, 'use it to try things out, not to rely on'),
    ];
  }
  const left = entry.endOfLife === undefined ? Number.POSITIVE_INFINITY : daysUntil(entry.endOfLife, now);
  const end = entry.endOfLife === undefined ? '' : ` and gets no more security fixes after ${entry.endOfLife}`;
  if (left <= URGENT)
    return [warning('VersionExpires', `${minor} is about to end${end}`, `now: ${wayOut(minor, catalog)}`)];
  if (left <= SOON)
    return [warning('VersionExpires', `${minor} ends soon${end}`, `plan it: ${wayOut(minor, catalog)}`)];
  if (entry.state === 'deprecated') {
    return [warning('VersionExpires', `${minor} is deprecated${end}`, `plan it: ${wayOut(minor, catalog)}`)];
  }
  return [];
}

/** Upgrades go one minor at a time, so the next one is the way even where it is not the last. */
function wayOut(minor: string, catalog: Catalog): string {
  const newer = byMinor(Object.keys(catalog.versions)).filter(
    other => minorNumber(other) > minorNumber(minor) && catalog.versions[other]?.state !== 'preview',
  );
  const [next] = newer;
  const last = newer.at(-1);
  if (next === undefined || last === undefined) return 'ask the platform team for a newer minor';
  return next === last ? `use ${next}` : `use ${last}; a running cluster goes up one minor at a time, ${next} first`;
}

function warning(code: Finding['code'], message: string, remedy: string): Finding {
  return { code, path: 'spec.version', message, remedy };
}

/** Days from today's date to another; the last day of a minor counts whole. */
function daysUntil(day: string, now: Date): number {
  return (Date.parse(day) - Date.parse(now.toISOString().slice(0, 10))) / DAY;
}
