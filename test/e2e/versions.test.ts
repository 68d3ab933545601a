import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { planVersion } from '../../src/plan/target/version.ts';
import { asOf } from '../../src/plan/version-life.ts';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { applyClaim, CLAIM, condition, deleteClaim, smallClaim, untilReady } from './support/claims.ts';
import { tenantApi } from './support/cluster.ts';
import { text } from './support/read.ts';
import { admin } from './support/region.ts';
import { untilHolds } from './support/wait.ts';

const namespace = 'versions';
/** A 1.36 program behaves as 1.33 at the oldest; older minors are served by that, and the region says so. */
const OLDEST_SERVED = 33;

const minors = Object.keys(hikubeCatalog.versions).filter(
  minor => planVersion(minor, { pools: {} }, asOf(hikubeCatalog, new Date())).findings.length === 0,
);
/** The last one is reached by an upgrade of the one before it; a new cluster gets it in the quick start. */
const created = minors.slice(0, -1);
const [before = '', newest = ''] = minors.slice(-2);
/** The machine's file watchers carry five clusters at once; three come up in little more time than one. */
const AT_ONCE = 3;
const batches = Array.from({ length: Math.ceil(created.length / AT_ONCE) }, (_, batch) =>
  created.slice(AT_ONCE * batch, AT_ONCE * (batch + 1)),
);

describe('every minor that is offered for new clusters', () => {
  let kube: Kube;
  beforeAll(() => {
    kube = admin();
  });
  afterAll(async () => {
    await deleteClaim(kube, claimOf(before));
    await kube.close();
  });

  test.each(batches.map(batch => [batch.join(', '), batch]))(
    'H45 %s become Ready with a node each',
    async (_, batch) => {
      const claims = batch.map(claimOf);
      await Promise.all(claims.map(claim => applyClaim(kube, claim)));
      const ready = await Promise.all(claims.map(claim => untilReady(kube, claim)));
      // The tenant's scheduler places Pods in its own time.
      await untilHolds(
        'each to serve and run its minor',
        () => Promise.all(ready.map(claim => stateOf(kube, claim))),
        seen => expect(seen).toEqual(batch.map(expectedOf)),
      );
      const done = batch.filter(minor => minor !== before).map(claimOf);
      await Promise.all(done.map(claim => deleteClaim(kube, claim)));
    },
  );

  test(`H46 H47 an upgrade to ${newest} takes API server, scheduler and nodes along`, async () => {
    const { name } = claimOf(before).metadata;
    await kube.mergePatch(CLAIM, name, namespace, { spec: { version: newest } });
    const seen = async (): Promise<(Partial<Seen> & { ready: string | undefined }) | undefined> => {
      const claim = await kube.get(CLAIM, name, namespace);
      if (!claim) return undefined;
      // While API servers change, a connection may break.
      const state = await stateOf(kube, claim).catch(() => undefined);
      return { ...state, ready: text(condition(claim, 'Ready'), 'status') };
    };
    // Placing a Pod shows that the scheduler followed: it would wait for ever for what its API server does not serve.
    await untilHolds(
      'the new minor to serve, with new nodes alone',
      seen,
      state => expect(state).toEqual({ ...expectedOf(newest), ready: 'True' }),
      { timeoutMs: 300_000, everyMs: 2_000 },
    );
  });

  test('older than the programs can behave as is told in the output of the region', () => {
    const told = readFileSync(path.join(inject('region').logs, 'stand-in-kamaji.log'), 'utf8');
    for (const minor of created) {
      const note = new RegExp(`${namespace}/${nameOf(minor)}: Kubernetes ${patchOf(minor)} is stood in for by 1\\.33`);
      if (numberOf(minor) < OLDEST_SERVED) expect(told).toMatch(note);
      else expect(told).not.toMatch(note);
    }
  });
});

const nameOf = (minor: string): string => minor.replace('.', '-');
const numberOf = (minor: string): number => Number(minor.replace('v1.', ''));
const patchOf = (minor: string): string | undefined => hikubeCatalog.versions[minor]?.patch;

function claimOf(minor: string): KubeObject {
  return smallClaim(namespace, nameOf(minor), {
    version: minor,
    nodeGroups: { general: { minReplicas: 1, maxReplicas: 1, instanceType: 's1.large' } },
  });
}

interface Seen {
  status: string | undefined;
  kubelets: (string | undefined)[];
  served: number;
  placed: boolean;
}

/** What runs: by the claim, by the tenant's nodes, by its API server and by its scheduler. */
async function stateOf(kube: Kube, claim: KubeObject): Promise<Seen> {
  const tenant = await tenantApi(kube, claim);
  try {
    const [nodes, version, pods] = await Promise.all([
      tenant.list('v1/Node'),
      tenant.raw('GET', '/version'),
      tenant.list('v1/Pod'),
    ]);
    return {
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

function expectedOf(minor: string): Seen {
  const patch = patchOf(minor);
  return { status: patch, kubelets: [patch], served: Math.max(numberOf(minor), OLDEST_SERVED), placed: true };
}
