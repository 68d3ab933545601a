import type { CompositeLaw } from './types.ts';

/** Crossplane's circuit breaker opens on composites with many objects (decision forty-objects). */
const MOST = 40;

export const size: CompositeLaw = {
  fact: `composes at most ${MOST} objects`,
  violations: ({ output }) => (output.desired.size > MOST ? [`${output.desired.size} objects`] : []),
  broken: composite => {
    const [one] = composite.output.desired.values();
    const desired = new Map(Array.from({ length: MOST + 1 }, (_, index) => [`object-${index}`, one ?? absent()]));
    return { ...composite, output: { ...composite.output, desired } };
  },
};

function absent(): never {
  throw new Error('cannot break a composite that composes nothing');
}
