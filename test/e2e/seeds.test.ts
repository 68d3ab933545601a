import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { applyClaim, deleteClaim, example, untilReady } from './support/claims.ts';
import { devicesOf, MACHINE_DEPLOYMENT, MACHINE_TEMPLATE, sumOfBounds, tenantApi } from './support/cluster.ts';
import { admin } from './support/region.ts';
import { renderDifferences } from './support/rendered.ts';

const L40S = 'nvidia.com/AD102GL_L40S';
const ZONE = 'topology.kubernetes.io/zone';

/** The seeds' three node groups: what each promises (H30, H31, H32). */
const SEEDS = [
  {
    promise: 'H30',
    file: 'seeds/web.yaml',
    min: 2,
    max: 10,
    zones: 2,
    labels: { 'node-role.kubernetes.io/ingress-nginx': '' },
    devices: [],
  },
  { promise: 'H31', file: 'seeds/ml.yaml', min: 1, max: 5, zones: 1, labels: { 'gpu-type': 'L40S' }, devices: [L40S] },
  { promise: 'H32', file: 'seeds/critical.yaml', min: 3, max: 20, zones: 3, labels: {}, devices: [] },
];

describe.each(SEEDS)('$promise the fragment of $file', ({ file, min, max, zones, labels, devices }) => {
  const namespace = `seed-${file.replace(/\W|yaml|seeds/g, '')}`;
  let kube: Kube;
  let claim: KubeObject;

  beforeAll(async () => {
    kube = admin();
    await applyClaim(kube, example(file, namespace));
    claim = await untilReady(kube, example(file, namespace));
  });
  afterAll(async () => {
    await deleteClaim(kube, claim);
    await kube.close();
  });

  test('its bounds are split over the zones and sum up', async () => {
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect([sumOfBounds(deployments, 'min'), sumOfBounds(deployments, 'max')]).toEqual([min, max]);
    expect(deployments).toHaveLength(3);
  });

  test(`the tenant has ${min} nodes in ${zones} zones, with their labels`, async () => {
    const tenant = await tenantApi(kube, claim);
    const nodes = await tenant.list('v1/Node');
    await tenant.close();
    expect(nodes).toHaveLength(min);
    expect(new Set(nodes.map(node => node.metadata.labels?.[ZONE])).size).toBe(zones);
    for (const node of nodes) expect(node.metadata.labels).toMatchObject(labels);
  });

  test('hikube render says what Crossplane composed', async () => {
    expect(await renderDifferences(kube, example(file, namespace))).toEqual([]);
  });

  test('H13 its machines have the devices asked for', async () => {
    const templates = await kube.list(MACHINE_TEMPLATE, { namespace });
    expect(templates.map(devicesOf)).toEqual(templates.map(() => devices));
  });
});

describe('H14 H58 both GPU spellings', () => {
  test('render machine templates with the same canonical devices', async () => {
    const kube = admin();
    const devices: string[][][] = [];
    for (const file of ['gpu-canonical.yaml', 'gpu-alias.yaml']) {
      const claim = example(file, file.replace('.yaml', ''), 'gpu');
      await applyClaim(kube, claim);
      await untilReady(kube, claim);
      const templates = await kube.list(MACHINE_TEMPLATE, { namespace: claim.metadata.namespace });
      devices.push(templates.map(devicesOf).filter(found => found.length > 0));
      expect(await renderDifferences(kube, claim)).toEqual([]);
      await deleteClaim(kube, claim);
    }
    await kube.close();
    expect(devices[0]).toEqual([0, 1, 2].map(() => [L40S, L40S]));
    expect(devices[1]).toEqual(devices[0]);
  });
});
