import type { Catalog } from '../catalog/index.ts';
import type { Problem } from './problem.ts';

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
 */
export function planVersion(asked: string | undefined, accepted: string | undefined, catalog: Catalog): VersionPlan {
  const wanted = asked ? askedMinor(asked) : accepted ? minorKey(accepted) : catalog.defaultVersion;
  if (wanted !== undefined && accepted !== undefined && wanted === minorKey(accepted)) {
    return stay(accepted, wanted, catalog);
  }
  const entry = wanted === undefined ? undefined : catalog.versions[wanted];
  if (wanted === undefined || entry === undefined) {
    return refuse('UnknownVersion', `${asked} is not offered`, `valid are ${Object.keys(catalog.versions).join(', ')}`);
  }
  if (accepted !== undefined) {
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
  return { target: entry.patch, problems: [], warnings: [] };
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

function stay(accepted: string, minor: string, catalog: Catalog): VersionPlan {
  const offered = catalog.versions[minor]?.patch;
  if (offered === undefined) {
    const warning: Problem = {
      code: 'NotInCatalogue',
      path: 'spec.version',
      message: `${minor} is no longer offered; ${accepted} keeps running`,
      remedy: `plan an upgrade; offered are ${Object.keys(catalog.versions).join(', ')}`,
    };
    return { target: accepted, problems: [], warnings: [warning] };
  }
  return { target: compareVersions(offered, accepted) >= 0 ? offered : accepted, problems: [], warnings: [] };
}

function refuse(code: Problem['code'], message: string, remedy: string): VersionPlan {
  return { problems: [{ code, path: 'spec.version', message, remedy }], warnings: [] };
}

function askedMinor(asked: string): string | undefined {
  const minor = ASKED.exec(asked)?.[1];
  return minor === undefined ? undefined : `v1.${minor}`;
}

function minorNumber(version: string): number {
  return numbers(version)[1] ?? 0;
}

function numbers(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
