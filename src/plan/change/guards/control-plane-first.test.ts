import { describe, expect, test } from 'vitest';
import { type Catalog, hikubeCatalog } from '../../../catalog/index.ts';
import { observedAs, planOf, reaching } from '../../testing/plan.ts';
import { heldBy, step } from '../testing/facts.ts';

const WEB = { web: { instanceType: 's1.large' } };
const running = observedAs(planOf({ version: 'v1.34', nodeGroups: WEB }));
const patch = (minor: string) => hikubeCatalog.versions[minor]?.patch ?? '';
/** Hikube's catalogue with another patch of v1.34. */
const offering = (version: string): Catalog => {
  const entry = hikubeCatalog.versions['v1.34'] ?? expect.fail('no v1.34');
  const moved = { ...entry, patch: version, nodeImage: `example.com/node:${version}` };
  return { ...hikubeCatalog, versions: { ...hikubeCatalog.versions, 'v1.34': moved } };
};

describe('H47 nodes follow the control plane', () => {
  test.each([
    ['v1.34.13', 'v1.35.10', 'v1.35.10', undefined],
    ['v1.34.13', 'v1.35.10', 'v1.35.11', undefined],
    ['v1.34.13', 'v1.35.10', 'v1.35.9', 'ControlPlaneBehind'],
    ['v1.34.13', 'v1.35.10', undefined, 'ControlPlaneBehind'],
    ['v1.34.13', 'v1.34.13', undefined, undefined],
  ])('from %s to %s while the API servers run %s: %s', (from, to, version, code) => {
    const observed = reaching(running, version);
    expect(heldBy(step({ kind: 'nodes', from, to }, 'pool-web'), { observed })).toBe(code);
  });

  test('a group keeps version and image meanwhile, and the tenant is told', () => {
    const { children, pending } = planOf({ version: 'v1.35', nodeGroups: WEB }, { observed: running });
    expect(children.pools.web).toEqual(running.pools.web?.spec);
    const hold = { code: 'ControlPlaneBehind', part: 'pool-web', reason: expect.stringContaining(patch('v1.35')) };
    expect(pending).toContainEqual(expect.objectContaining(hold));
  });

  test('a group goes as far as the control plane has come', () => {
    const catalog = offering('v1.34.99');
    const { children } = planOf(
      { version: 'v1.35', nodeGroups: WEB },
      { observed: reaching(running, 'v1.34.99'), catalog },
    );
    expect(children.pools.web).toMatchObject({ version: 'v1.34.99', image: 'example.com/node:v1.34.99' });
  });

  test('a new group waits for an image that is not newer than the control plane', () => {
    const catalog = offering('v1.34.99');
    const groups = { version: 'v1.34', nodeGroups: { ...WEB, ml: { instanceType: 's1.large' } } };
    const { web: _, ...pools } = running.pools;
    const alone = planOf(groups, { observed: { ...reaching(running, 'v1.34.1'), pools }, catalog });
    expect(alone.absent.get('pool-ml')).toMatchObject({ code: 'ControlPlaneBehind' });
    expect(alone.pending).toContainEqual(expect.objectContaining({ code: 'ControlPlaneBehind', part: 'pool-ml' }));
  });

  test('a new group comes with what another group runs of the reached patch', () => {
    const catalog = offering('v1.34.99');
    const groups = { version: 'v1.34', nodeGroups: { ...WEB, ml: { instanceType: 's1.large' } } };
    const { children, absent } = planOf(groups, { observed: reaching(running, patch('v1.34')), catalog });
    expect(absent.size).toBe(0);
    expect(children.pools.ml).toMatchObject({ version: patch('v1.34'), image: running.pools.web?.spec.image });
  });
});
