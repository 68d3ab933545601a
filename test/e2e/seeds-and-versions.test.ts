import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { planVersion } from '../../src/plan/target/version.ts';
import { asOf } from '../../src/plan/version-life.ts';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { applyClaim, CLAIM, condition, example, leaveClaim, smallClaim, untilReady } from './support/claims.ts';
import { devicesOf, MACHINE_DEPLOYMENT, MACHINE_TEMPLATE, sumOfBounds, tenantApi } from './support/cluster.ts';
import { number, object, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { untilAsRendered } from './support/rendered.ts';
import { untilHolds } from './support/wait.ts';

const L40S = 'nvidia.com/AD102GL_L40S';
const ZONE = 'topology.kubernetes.io/zone';
/** Six clusters share the machine. */
const AT_ONCE_MS = 480_000;

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
const FILES = [...SEEDS.map(({ file }) => file), ...GPU_SPELLINGS];

/** A 1.36 program behaves as 1.33 at the oldest; older minors are served by that, and the region says so. */
const OLDEST_SERVED = 33;
const minors = Object.keys(hikubeCatalog.versions).filter(
  minor => planVersion(minor, { pools: {} }, asOf(hikubeCatalog, new Date())).findings.length === 0,
);
const [before = '', newest = ''] = minors.slice(-2);

/** A cluster: the example it is made from, if any, and the minor it comes to run. */
interface Made {
  what: string;
  minor: string;
  claim: KubeObject;
}

/** The newest minor but one is upgraded to the newest. */
const upgraded = made(before);
/**
 * One set of clusters for both: the first example stands as it is, on the version claims get by default; the others are
 * asked for on the older minors, one on each. The machine's file watchers carry some fifteen API servers at once, so those
 * that are about the spelling of GPUs alone have one each.
 */
const others = [
  ...FILES.slice(0, 1).map(file => made(undefined, file)),
  ...minors.slice(0, -2).map((minor, index) => made(minor, FILES[index + 1])),
  ...FILES.slice(minors.length - 1).map(file => made(undefined, file)),
];

let kube: Kube;

// All at once: most of a cluster's start is waiting, and the clusters do not know of each other.
beforeAll(async () => {
  kube = admin();
  for (const { claim } of [upgraded, ...others]) await applyClaim(kube, claim);
});
afterAll(async () => {
  for (const { claim } of [upgraded, ...others]) await leaveClaim(kube, claim);
  await kube.close();
});

test('every minor on offer and every example has a cluster here', () => {
  const onMinors = [upgraded, ...others].map(({ minor }) => minor);
  expect(new Set([...onMinors, newest])).toEqual(new Set(minors));
  const isExample = (file: string) => others.some(({ what }) => what.startsWith(`${file} on `));
  expect(FILES.filter(file => !isExample(file))).toEqual([]);
});

describe('every minor that is offered for new clusters', () => {
  test.each([upgraded, ...others])('H45 $what becomes Ready, with its nodes', async ({ minor, claim }) => {
    await untilReady(kube, claim, AT_ONCE_MS);
    // The tenant's scheduler places Pods in its own time.
    await untilHolds(
      `${minor} to be served and run`,
      () => stateOf(claim),
      state => expect(state).toEqual(expectedOf(minor, claim)),
    );
    if (claim !== upgraded.claim) return;
    // At once, while the others still come up; the test of the upgrade waits for it.
    await kube.mergePatch(CLAIM, claim.metadata.name, claim.metadata.namespace, { spec: { version: newest } });
  });

  test(`H46 H47 an upgrade to ${newest} takes API server, scheduler and nodes along`, async () => {
    // Placing a Pod shows that the scheduler followed: it would wait for ever for what its API server does not serve.
    await untilHolds(
      'the new minor to serve, with new nodes alone',
      // While API servers change, a connection may break.
      () => stateOf(upgraded.claim).catch(() => undefined),
      state => expect(state).toEqual(expectedOf(newest, upgraded.claim)),
      { timeoutMs: 300_000, everyMs: 2_000 },
    );
  });

  test('older than the programs can behave as is told in the output of the region', () => {
    const told = readFileSync(path.join(inject('region').logs, 'stand-in-kamaji.log'), 'utf8');
    for (const { minor, claim } of [upgraded, ...others]) {
      const { namespace, name } = claim.metadata;
      const note = new RegExp(`${namespace}/${name}: Kubernetes ${patchOf(minor)} is stood in for by 1\\.33`);
      if (numberOf(minor) < OLDEST_SERVED) expect(told).toMatch(note);
      else expect(told).not.toMatch(note);
    }
  });
});

describe.each(SEEDS)('$promise the fragment of $file', ({ file, min, max, zones, labels, devices }) => {
  const claim = claimOf(file);
  const { namespace } = claim.metadata;

  test('its bounds are split over the zones and sum up', async () => {
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect([sumOfBounds(deployments, 'min'), sumOfBounds(deployments, 'max')]).toEqual([min, max]);
    expect(deployments).toHaveLength(3);
  });

  test(`the tenant has ${min} nodes in ${zones} zones, with their labels`, async () => {
    const tenant = await tenantApi(kube, claim);
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
    await untilAsRendered(kube, claim);
  });

  test('H13 its machines have the devices asked for', async () => {
    const templates = await kube.list(MACHINE_TEMPLATE, { namespace });
    expect(templates).toHaveLength(3);
    expect(templates.map(devicesOf)).toEqual(templates.map(() => devices));
  });
});

describe('H14 H58 both GPU spellings', () => {
  test.each(GPU_SPELLINGS)('%s renders machine templates with the canonical devices', async file => {
    const claim = claimOf(file);
    const templates = await kube.list(MACHINE_TEMPLATE, { namespace: claim.metadata.namespace });
    const devices = templates.map(devicesOf).filter(found => found.length > 0);
    expect(devices).toEqual([0, 1, 2].map(() => [L40S, L40S]));
    await untilAsRendered(kube, claim);
  });
});

/** The claim of an example, or a small one, on a minor or on the one claims get by default. */
function made(version: string | undefined, file?: string): Made {
  const minor = version ?? hikubeCatalog.defaultVersion;
  const name = minor.replace('.', '-');
  const claim = file
    ? example(file, `seed-${path.basename(file, '.yaml')}`)
    : smallClaim('versions', name, {
        nodeGroups: { general: { minReplicas: 1, maxReplicas: 1, instanceType: 's1.large' } },
      });
  const small = file !== undefined && GPU_SPELLINGS.includes(file) && { controlPlane: { replicas: 1 } };
  const spec = { ...claim.spec, ...(version && { version }), ...small };
  return { what: `${file ?? 'a small claim'} on ${minor}`, minor, claim: { ...claim, spec } };
}

function claimOf(file: string): KubeObject {
  const found = others.find(({ what }) => what.startsWith(`${file} on `));
  if (!found) throw new Error(`cannot find a cluster of ${file}`);
  return found.claim;
}

function numberOf(minor: string): number {
  return Number(minor.replace('v1.', ''));
}

function patchOf(minor: string): string | undefined {
  return hikubeCatalog.versions[minor]?.patch;
}

interface Seen {
  ready: string | undefined;
  status: string | undefined;
  kubelets: (string | undefined)[];
  served: number;
  placed: boolean;
}

/** What runs: by the claim, by the tenant's nodes, by its API server and by its scheduler. */
async function stateOf({ metadata: { name, namespace } }: KubeObject): Promise<Seen> {
  const claim = await kube.get(CLAIM, name, namespace);
  if (!claim) throw new Error(`cannot find HikubeCluster ${namespace}/${name}`);
  const tenant = await tenantApi(kube, claim);
  try {
    const [nodes, version, pods] = await Promise.all([
      tenant.list('v1/Node'),
      tenant.raw('GET', '/version'),
      tenant.list('v1/Pod'),
    ]);
    return {
      ready: text(condition(claim, 'Ready'), 'status'),
      status: text(claim, 'status', 'version'),
      kubelets: nodes.map(node => text(node, 'status', 'nodeInfo', 'kubeletVersion')),
      // `minor` is the program's own.
      served: Number(text(version.body, 'emulationMinor')),
      placed: pods.some(pod => text(pod, 'spec', 'nodeName') !== undefined),
    };
  } finally {
    await tenant.close();
  }
}

function expectedOf(minor: string, claim: KubeObject): Seen {
  const patch = patchOf(minor);
  const groups = Object.values(object(claim, 'spec', 'nodeGroups'));
  const nodes = groups.reduce<number>((sum, group) => sum + (number(group, 'minReplicas') ?? 0), 0);
  return {
    ready: 'True',
    status: patch,
    kubelets: Array.from({ length: nodes }, () => patch),
    served: Math.max(numberOf(minor), OLDEST_SERVED),
    placed: true,
  };
}
