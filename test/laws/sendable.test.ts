import { RunFunctionRequest, RunFunctionResponse } from '@crossplane-org/function-sdk-typescript';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../src/base/json.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { composers } from '../../src/compose/index.ts';
import { createFunction } from '../../src/function/function.ts';
import { parts } from '../../src/function/testing/parts.ts';
import { requestOf } from '../../src/function/testing/requests.ts';
import { planCluster } from '../../src/plan/index.ts';
import { NOTHING_OBSERVED } from '../../src/plan/observed.ts';
import { NOW } from './lives.ts';

/** Whatever YAML, JSON or protobuf can hold: numbers of any size, names of any kind, nesting of any depth. */
const { value } = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 22, depthSize: 'medium', withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '{{', '')),
    fc.oneof(fc.double(), fc.integer(), fc.constantFrom(2 ** 53, -(2 ** 53), 1e300, Number.NaN, -0)),
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '')), tie('value'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
}));
const override = fc.dictionary(fc.string(), value, { maxKeys: 3, noNullPrototype: true });
const run = createFunction({ ...parts, composers });

test('what `hikube validate` lets through is accepted as it is written, and never a fault of the function’s own', () => {
  let accepted = 0;
  fc.assert(
    fc.property(override, valuesOverride => {
      const requested = { addons: { cilium: { valuesOverride } } };
      const { problems } = planCluster({
        cluster: { namespace: 'acme', name: 'shop' },
        requested,
        observed: NOTHING_OBSERVED,
        catalog: hikubeCatalog,
        now: NOW,
        reservations: { get: () => 'free' },
      });
      if (problems.length > 0) return;
      accepted += 1;
      const response = RunFunctionResponse.decode(run(requestFor(requested)));
      expect(response.results).toEqual([]);
      expect(response.desired?.composite?.resource?.status).toMatchObject({ problems: [] });
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});

/** A cluster whose control plane answers, so that its add-ons are composed and sent. */
function requestFor(spec: JsonObject): Uint8Array {
  const claimRef = { namespace: 'acme', name: 'shop' };
  const composite = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'XHikubeCluster',
    metadata: { name: 'shop-x' },
    spec: { ...spec, claimRef },
  };
  return RunFunctionRequest.encode(requestOf(composite, { observed: running() })).finish();
}

function running(): Record<string, JsonObject> {
  const { children } = planCluster({
    cluster: { namespace: 'acme', name: 'shop' },
    requested: {},
    observed: NOTHING_OBSERVED,
    catalog: hikubeCatalog,
    now: NOW,
    reservations: { get: () => 'free' },
  });
  const { controlPlane } = children;
  if (!isObject(controlPlane)) throw new Error('cannot run a cluster: it was refused');
  return {
    'control-plane': {
      apiVersion: 'hikube.cloud/v1alpha1',
      kind: 'HikubeControlPlane',
      metadata: { name: 'shop', namespace: 'acme' },
      spec: controlPlane,
      status: { initialized: true },
    },
  };
}
