import type { ObjectLaw } from './types.ts';

const MARKS = ['hikube.cloud/cluster', 'hikube.cloud/part-of'];

/** An object without a label of ours could be left out, and so deleted, without the function noticing it (compose/leaving.ts). */
export const ours: ObjectLaw = {
  fact: 'carries the label by which the function knows it again as its own',
  violations: ({ metadata }) =>
    MARKS.some(mark => (metadata.labels?.[mark] ?? '') !== '') ? [] : ['none of our labels'],
  broken: [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', labels: { 'hikube.cloud/cluster': '' } } },
  ],
};
