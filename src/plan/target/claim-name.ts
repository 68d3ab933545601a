import { RESERVED_ENDING } from '../../api/v1alpha1/claim-name.ts';
import type { Finding } from '../finding.ts';

/**
 * Names of claims that name what belongs to another claim. A cluster that runs cannot be renamed, so it goes on, told.
 */
export function planClaimName(name: string, runs: boolean): { findings: Finding[] } {
  const ending = RESERVED_ENDING.exec(name)?.[0];
  if (ending === undefined) return { findings: [] };
  const other = name.slice(0, -ending.length);
  const path = 'metadata.name';
  const message = `the cluster ${name} shares names of its objects with a cluster ${other}`;
  if (runs) {
    const remedy = `make no claim ${other} in this namespace, and move to a cluster whose name ends otherwise`;
    return { findings: [{ code: 'SharedNames', path, message, remedy }] };
  }
  const remedy = `use a name that does not end in ${ending}`;
  return { findings: [{ code: 'InvalidName', path, message, remedy }] };
}
