import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../../../catalog/index.ts';
import { observedAs, planOf, reaching } from '../../testing/plan.ts';
import { heldBy, step } from '../testing/facts.ts';

const running = observedAs(planOf({ version: 'v1.34' }));
const patch = (minor: string) => hikubeCatalog.versions[minor]?.patch;

describe('H46 a step to the next minor', () => {
  test.each([
    ['v1.34.13', 'v1.35.10', 'v1.34.13', undefined],
    ['v1.34.13', 'v1.35.10', 'v1.34.1', undefined],
    ['v1.34.13', 'v1.35.10', 'v1.33.9', 'VersionInProgress'],
    ['v1.34.13', 'v1.35.10', undefined, 'VersionInProgress'],
    ['v1.34.1', 'v1.34.13', undefined, undefined],
    ['v1.34.1', 'v1.34.13', 'v1.33.9', undefined],
  ])('from %s to %s while %s runs: %s', (from, to, reached, code) => {
    expect(heldBy(step({ kind: 'version', from, to }), { observed: reaching(running, reached) })).toBe(code);
  });

  test('that is held leaves version, tunnel and autoscaler as they are, and says so', () => {
    const { children, pending } = planOf({ version: 'v1.35' }, { observed: reaching(running, undefined) });
    expect(children.controlPlane).toEqual(running.controlPlane?.spec);
    const hold = { code: 'VersionInProgress', part: 'control-plane', path: 'spec.version' };
    expect(pending).toContainEqual(expect.objectContaining(hold));
  });

  test('that goes takes them along', () => {
    const { children, pending } = planOf({ version: 'v1.35' }, { observed: running });
    expect(children.controlPlane?.version).toBe(patch('v1.35'));
    expect(children.controlPlane?.images.autoscaler).toBe(hikubeCatalog.versions['v1.35']?.autoscaler);
    expect(pending.map(({ code }) => code)).not.toContain('VersionInProgress');
  });
});
