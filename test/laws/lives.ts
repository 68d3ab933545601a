import type { KubeObject } from '../../src/base/object.ts';
import { type Catalog, hikubeCatalog } from '../../src/catalog/index.ts';
import { type SimulatedComposite, simulate } from '../../src/simulate/index.ts';
import { sampleClaims } from '../generate/claims.ts';
import { elsewhere } from '../generate/elsewhere.ts';

/** A generated claim with everything that becomes of it once nothing changes any more. */
export interface Life {
  claim: KubeObject;
  catalog: Catalog;
  composites: SimulatedComposite[];
}

/** 500 claims on Hikube's platform, and some on one that is unlike it. */
export const lives: readonly Life[] = [...livesOn(hikubeCatalog, 500), ...livesOn(elsewhere, 60)];

function livesOn(catalog: Catalog, count: number): Life[] {
  return sampleClaims(count, catalog).map(claim => ({ claim, catalog, composites: simulate(claim, catalog) }));
}

/** A day on which every entry of the catalogue is as it is today: laws do not age. */
export const NOW = new Date('2026-11-25T00:00:00Z');
