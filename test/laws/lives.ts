import { hikubeCatalog } from '../../src/catalog/index.ts';
import { simulate } from '../../src/cli/simulate.ts';
import { sampleClaims } from '../generate/claims.ts';

/** 500 generated claims, each with everything that becomes of it once nothing changes any more. */
export const lives = sampleClaims(500, hikubeCatalog).map(claim => ({
  claim,
  composites: simulate(claim, hikubeCatalog),
}));

/** A day on which every entry of the catalogue is as it is today: laws do not age. */
export const NOW = new Date('2026-11-25T00:00:00Z');
