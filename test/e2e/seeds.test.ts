import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import { applyClaim, deleteClaim, example, untilReady } from './support/claims.ts';
import { devicesOf, MACHINE_DEPLOYMENT, MACHINE_TEMPLATE, sumOfBounds, tenantApi } from './support/cluster.ts';
import { admin } from './support/region.ts';
import { untilAsRendered } from './support/rendered.ts';
import { untilHolds } from './support/wait.ts';

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

const GPU_SPELLINGS = ['gpu-canonical.yaml', 'gpu-alias.yaml'];
const namespaceOf = (file: string) => `seed-${path.basename(file, '.yaml')}`;
const claimOf = (file: string) => example(file, namespaceOf(file));

let kube: Kube;

// All at once: most of a cluster's start is waiting, and the clusters do not know of each other.
beforeAll(async () => {
  kube = admin();
  const claims = [...SEEDS.map(seed => seed.file), ...GPU_SPELLINGS].map(claimOf);
  for (const claim of claims) await applyClaim(kube, claim);
  await Promise.all(claims.map(claim => untilReady(kube, claim)));
});
afterAll(async () => {
  await Promise.all([...SEEDS.map(seed => seed.file), ...GPU_SPELLINGS].map(file => deleteClaim(kube, claimOf(file))));
  await kube.close();
});

describe.each(SEEDS)('$promise the fragment of $file', ({ file, min, max, zones, labels, devices }) => {
  const namespace = namespaceOf(file);

  test('its bounds are split over the zones and sum up', async () => {
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect([sumOfBounds(deployments, 'min'), sumOfBounds(deployments, 'max')]).toEqual([min, max]);
    expect(deployments).toHaveLength(3);
  });

  test(`the tenant has ${min} nodes in ${zones} zones, with their labels`, async () => {
    const tenant = await tenantApi(kube, claimOf(file));
    // Cluster API brings labels of roles after a node has joined.
    await untilHolds(
      'nodes with zones and labels',
      () => tenant.list('v1/Node'),
      nodes => {
        expect(nodes).toHaveLength(min);
        expect(new Set(nodes.map(node => node.metadata.labels?.[ZONE])).size).toBe(zones);
        for (const node of nodes) expect(node.metadata.labels).toMatchObject(labels);
      },
    );
    await tenant.close();
  });

  test('hikube render says what Crossplane composed', async () => {
    await untilAsRendered(kube, claimOf(file));
  });

  test('H13 its machines have the devices asked for', async () => {
    const templates = await kube.list(MACHINE_TEMPLATE, { namespace });
    expect(templates.map(devicesOf)).toEqual(templates.map(() => devices));
  });
});

describe('H14 H58 both GPU spellings', () => {
  test.each(GPU_SPELLINGS)('%s renders machine templates with the canonical devices', async file => {
    const templates = await kube.list(MACHINE_TEMPLATE, { namespace: namespaceOf(file) });
    const devices = templates.map(devicesOf).filter(found => found.length > 0);
    expect(devices).toEqual([0, 1, 2].map(() => [L40S, L40S]));
    await untilAsRendered(kube, claimOf(file));
  });
});
