import { isDeepStrictEqual } from 'node:util';
import { compositeDefinitions } from '../../../src/generate/kinds.ts';
import type { CompositeLaw } from './types.ts';

/** A claim of sixteen groups in eight zones, with everything told about it. */
const MAX_STATUS = 64 * 1024;

/** The API server prunes what a definition does not have, without a word. */
export const status: CompositeLaw = {
  fact: 'has a status that stays small, and of which its definition keeps everything',
  violations: ({ kind, output }) => {
    const definition = compositeDefinitions.find(candidate => candidate.kind === kind);
    const size = JSON.stringify(output.status).length;
    if (size > MAX_STATUS) return [`status: ${size} characters`];
    const read = definition?.status.safeParse(output.status);
    if (!read?.success) return [`status: ${read?.error.message}`];
    return isDeepStrictEqual(JSON.parse(JSON.stringify(read.data)), JSON.parse(JSON.stringify(output.status)))
      ? []
      : ['status: its definition drops something'];
  },
  broken: composite => ({
    ...composite,
    output: { ...composite.output, status: { ...composite.output.status, unheardOf: true } },
  }),
};
