import type { CompositeLaw } from './types.ts';

export const ready: CompositeLaw = {
  fact: 'becomes ready in every part and says so',
  violations: ({ output }) => [
    ...[...output.desired].filter(([, desired]) => !desired.ready).map(([name]) => `${name} is not ready`),
    ...output.conditions.filter(({ status }) => status !== 'True').map(({ type, message }) => `${type}: ${message}`),
    ...(output.ready === false ? ['the composite is not ready'] : []),
    ...(output.recheckAfterSeconds === undefined ? [] : ['it is looked at again though nothing can change']),
  ],
  broken: composite => ({ ...composite, output: { ...composite.output, ready: false } }),
};
