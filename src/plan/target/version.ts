import { entryOf } from '../../base/json.ts';
import type { Catalog } from '../../catalog/index.ts';
import { byMinor, inRange, minorNumber } from '../../catalog/minor.ts';
import { MANAGERS } from '../../catalog/schema/platform.ts';
import type { Accepted } from '../children.ts';
import type { Finding } from '../finding.ts';

const TITLES = { clusterApi: 'Cluster API', kamaji: 'Kamaji' } as const;
const ASKED = /^v?1\.(\d+)(\.\d+)?$/;

export interface VersionPlan {
  /** Version the cluster is to run, vX.Y.Z; when the request is refused, the one it has. */
  version: string;
  findings: Finding[];
}

/**
 * Decides the cluster's version: matched on the minor, the catalogue's patch runs (D26). One minor at a time and never
 * down (H46), judged against what is accepted; what is accepted but no longer offered stays.
 *
 * @param asked `spec.version` as written
 * @param catalog as of today
 */
export function planVersion(asked: string | undefined, accepted: Accepted, catalog: Catalog): VersionPlan {
  const running = runningVersion(accepted);
  const refuse = (code: Finding['code'], message: string, remedy: string): VersionPlan => ({
    version: running ?? catalog.versions[catalog.defaultVersion]?.patch ?? '',
    findings: [{ code, path: 'spec.version', message, remedy }],
  });
  const wanted = asked ? askedMinor(asked) : running ? minorKey(running) : catalog.defaultVersion;
  if (wanted !== undefined && running !== undefined && wanted === minorKey(running)) {
    return stay(running, wanted, catalog);
  }
  const entry = wanted === undefined ? undefined : entryOf(catalog.versions, wanted);
  if (wanted === undefined || entry === undefined) {
    const valid = byMinor(Object.keys(catalog.versions)).filter(
      minor => running !== undefined || !closedToNew(minor, catalog),
    );
    return refuse('UnknownVersion', `${asked} is not offered`, `valid are ${valid.join(', ')}`);
  }
  if (running === undefined) {
    const closed = closedToNew(wanted, catalog);
    if (closed) {
      const remedy = `use ${catalog.defaultVersion}; clusters that run ${wanted} keep it`;
      return refuse('VersionNotOffered', `${wanted} is not offered for new clusters: ${closed}`, remedy);
    }
  } else {
    const minor = minorNumber(running);
    const step = minorNumber(wanted) - minor;
    if (step < 0) {
      return refuse(
        'VersionDowngrade',
        `${wanted} is below the running v1.${minor}`,
        `keep v1.${minor} or go up to v1.${minor + 1}`,
      );
    }
    if (step > 1) {
      return refuse(
        'VersionSkipped',
        `${wanted} skips minors after the running v1.${minor}`,
        `upgrade to v1.${minor + 1} first`,
      );
    }
  }
  return { version: entry.patch, findings: [] };
}

/**
 * The version the control plane was let through with. What nodes run, their API servers have run: a control plane that
 * is gone, or not seen, comes back as no other minor.
 */
function runningVersion({ controlPlane, pools }: Accepted): string | undefined {
  return controlPlane?.version ?? newestNodes(pools);
}

/** The newest version of a node group. */
export function newestNodes(pools: Accepted['pools']): string | undefined {
  const versions = Object.values(pools).map(({ version }) => version);
  return versions.sort(compareVersions).at(-1);
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
function closedToNew(minor: string, catalog: Catalog): string | undefined {
  const entry = catalog.versions[minor];
  const unable = MANAGERS.find(manager => !inRange(minor, catalog.platform[manager]));
  if (unable) {
    const { from, to } = catalog.platform[unable];
    return `the platform's ${TITLES[unable]} manages ${from} to ${to}`;
  }
  const refused = catalog.versionPolicy.expired === 'refuse' && entry?.state === 'expired';
  return refused ? 'it gets no more security fixes' : undefined;
}

function stay(running: string, minor: string, catalog: Catalog): VersionPlan {
  const offered = entryOf(catalog.versions, minor)?.patch;
  if (offered !== undefined) {
    return { version: compareVersions(offered, running) >= 0 ? offered : running, findings: [] };
  }
  const warning: Finding = {
    code: 'NotInCatalogue',
    path: 'spec.version',
    message: `${minor} is no longer offered; ${running} keeps running`,
    remedy: `plan an upgrade; offered are ${byMinor(Object.keys(catalog.versions)).join(', ')}`,
  };
  return { version: running, findings: [warning] };
}

function askedMinor(asked: string): string | undefined {
  const minor = ASKED.exec(asked)?.[1];
  return minor === undefined ? undefined : `v1.${minor}`;
}

function numbers(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
