import { describe, expect, test } from 'vitest';
import { holdStep } from './version-step.ts';

const step = (target: string, accepted: string | undefined, reached: string | undefined) =>
  holdStep({ target, problems: [], warnings: [] }, accepted, reached);

describe('H46 a step to the next minor', () => {
  test.each([undefined, 'v1.32.13'])('waits for the one before it while %s runs', reached => {
    expect(step('v1.34.9', 'v1.33.13', reached)).toMatchObject({
      target: 'v1.33.13',
      pending: [{ path: 'spec.version', reason: 'v1.34 waits until the control plane runs v1.33' }],
    });
  });

  test.each(['v1.33.13', 'v1.33.2'])('goes while %s runs', reached => {
    expect(step('v1.34.9', 'v1.33.13', reached)).toMatchObject({ target: 'v1.34.9', pending: [] });
  });

  test.each([
    ['v1.33.14', 'v1.33.13', 'v1.32.13'],
    ['v1.33.14', 'v1.33.13', undefined],
    ['v1.33.13', undefined, undefined],
  ])('is not %s after %s, whatever runs', (target, accepted, reached) => {
    expect(step(target, accepted, reached)).toMatchObject({ target, pending: [] });
  });
});
