import { isDeepStrictEqual } from 'node:util';
import { API_VERSION } from '../../../src/api/group.ts';
import { compositeDefinitions } from '../../../src/generate/kinds.ts';
import type { ObjectLaw } from './types.ts';

/** What is accepted is what the children's specs say, so nothing of it may be lost on the way back. */
export const childSpecs: ObjectLaw = {
  fact: 'can be read back as it was written, if it is a child',
  violations: ({ apiVersion, kind, spec }) => {
    const definition = compositeDefinitions.find(candidate => candidate.kind === kind);
    if (!definition || apiVersion !== API_VERSION) return [];
    const read = definition.spec.safeParse(spec);
    if (!read.success) return [`spec: ${read.error.message}`];
    return isDeepStrictEqual(JSON.parse(JSON.stringify(read.data)), spec) ? [] : ['spec: reads back otherwise'];
  },
  broken: [
    { apiVersion: API_VERSION, kind: 'HikubeEtcd', metadata: { name: 'a' }, spec: {} },
    {
      apiVersion: API_VERSION,
      kind: 'HikubeAddons',
      metadata: { name: 'a' },
      spec: { cluster: 'a', releases: {}, lost: true },
    },
  ],
};
