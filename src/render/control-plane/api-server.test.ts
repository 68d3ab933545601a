import { describe, expect, test } from 'vitest';
import { at, stringAt } from '../../base/json.ts';
import { pick, shop, controlPlane as spec } from '../testing/shop.ts';
import { renderControlPlane } from './index.ts';

const rendered = renderControlPlane(shop, spec);

test('API server Pods run under an account of their own, without a token of the platform', () => {
  const account = pick(rendered, 'api-server-service-account');
  expect(account).toMatchObject({ kind: 'ServiceAccount', automountServiceAccountToken: false });
  expect(account.metadata.namespace).toBe('acme');
  const named = stringAt(pick(rendered, 'control-plane'), 'spec', 'deployment', 'serviceAccountName');
  expect(named).toBe(account.metadata.name);
  expect([...rendered.values()].filter(({ kind }) => kind === 'RoleBinding')).not.toContainEqual(
    expect.objectContaining({ subjects: [expect.objectContaining({ name: named })] }),
  );
});

describe('drains of the platform', () => {
  test.each([1, 2, 3, 5])('take one of %i API servers at a time, and are never blocked for good', replicas => {
    const budget = pick(renderControlPlane(shop, { ...spec, replicas }), 'api-server-disruption-budget');
    // At most one away, whatever their number: of a single one that one, so that its host can be drained.
    expect(at(budget, 'spec')).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { 'kamaji.clastix.io/name': 'shop' } },
    });
  });
});
