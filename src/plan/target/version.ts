import type { Catalog } from '../../catalog/index.ts';
import { byMinor, inRange, minorNumber } from '../../catalog/minor.ts';
import { MANAGERS } from '../../catalog/schema/platform.ts';
import type { Problem } from '../finding.ts';
import { isExpired, versionLife } from '../version-life.ts';

const TITLES = { clusterApi: 'Cluster API', kamaji: 'Kamaji' } as const;
const ASKED = /^v?1\.(\d+)(\.\d+)?$/;

export interface VersionPlan {
  /** Version the control plane is to run, vX.Y.Z; absent when the request is refused. */
  target?: string;
  problems: Problem[];
  warnings: Problem[];
}

/**
 * Decides the control plane's version: matched on the minor, the catalogue's patch runs (reference D26).
 * One minor at a time and never down (H46), judged against what is accepted; what is accepted but no longer offered stays.
 *
 * @param asked `spec.version` as written
 * @param accepted version the control plane's spec holds, vX.Y.Z
 * @param now tells which minors have ended
 */
export function planVersion(
  asked: string | undefined,
  accepted: string | undefined,
  catalog: Catalog,
  now: Date,
): VersionPlan {
  const wanted = asked ? askedMinor(asked) : accepted ? minorKey(accepted) : catalog.defaultVersion;
  if (wanted !== undefined && accepted !== undefined && wanted === minorKey(accepted)) {
    return stay(accepted, wanted, catalog, now);
  }
  const entry = wanted === undefined ? undefined : catalog.versions[wanted];
  if (wanted === undefined || entry === undefined) {
    const valid = byMinor(Object.keys(catalog.versions)).filter(
      minor => accepted !== undefined || !closedToNew(minor, catalog, now),
    );
    return refuse('UnknownVersion', `${asked} is not offered`, `valid are ${valid.join(', ')}`);
  }
  if (accepted === undefined) {
    const closed = closedToNew(wanted, catalog, now);
    if (closed) {
      const remedy = `use ${catalog.defaultVersion}; clusters that run ${wanted} keep it`;
      return refuse('VersionNotOffered', `${wanted} is not offered for new clusters: ${closed}`, remedy);
    }
  } else {
    const running = minorNumber(accepted);
    const step = minorNumber(wanted) - running;
    if (step < 0) {
      return refuse(
        'VersionDowngrade',
        `${wanted} is below the running v1.${running}`,
        `keep v1.${running} or go up to v1.${running + 1}`,
      );
    }
    if (step > 1) {
      return refuse(
        'VersionSkipped',
        `${wanted} skips minors after the running v1.${running}`,
        `upgrade to v1.${running + 1} first`,
      );
    }
  }
  return { target: entry.patch, problems: [], warnings: versionLife(wanted, catalog, now) };
}

/** Compares vX.Y.Z versions: negative when a is lower. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `v1.34.9` → `v1.34`. */
export function minorKey(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Why no new cluster gets a minor of the catalogue; clusters that run it go on, and upgrades may pass through it. */
function closedToNew(minor: string, catalog: Catalog, now: Date): string | undefined {
  const entry = catalog.versions[minor];
  const unable = MANAGERS.find(manager => !inRange(minor, catalog.platform[manager]));
  if (unable) {
    const { from, to } = catalog.platform[unable];
    return `the platform's ${TITLES[unable]} manages ${from} to ${to}`;
  }
  const refused = catalog.versionPolicy.expired === 'refuse' && entry !== undefined && isExpired(entry, now);
  return refused ? 'it gets no more security fixes' : undefined;
}

function stay(accepted: string, minor: string, catalog: Catalog, now: Date): VersionPlan {
  const offered = catalog.versions[minor]?.patch;
  if (offered === undefined) {
    const warning: Problem = {
      code: 'NotInCatalogue',
      path: 'spec.version',
      message: `${minor} is no longer offered; ${accepted} keeps running`,
      remedy: `plan an upgrade; offered are ${byMinor(Object.keys(catalog.versions)).join(', ')}`,
    };
    return { target: accepted, problems: [], warnings: [warning] };
  }
  const target = compareVersions(offered, accepted) >= 0 ? offered : accepted;
  return { target, problems: [], warnings: versionLife(minor, catalog, now) };
}

function refuse(code: Problem['code'], message: string, remedy: string): VersionPlan {
  return { problems: [{ code, path: 'spec.version', message, remedy }], warnings: [] };
}

function askedMinor(asked: string): string | undefined {
  const minor = ASKED.exec(asked)?.[1];
  return minor === undefined ? undefined : `v1.${minor}`;
}

function numbers(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
