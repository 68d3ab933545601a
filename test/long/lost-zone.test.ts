import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyClaim, CLAIM, leaveClaim, smallClaim, untilReady } from '../e2e/support/claims.ts';
import { MACHINE } from '../e2e/support/cluster.ts';
import { at, list, text } from '../e2e/support/read.ts';
import { admin } from '../e2e/support/region.ts';
import { until, untilHolds } from '../e2e/support/wait.ts';
import type { Kube } from '../region/kube.ts';

const namespace = 'lost-zone';
const LOST = 'gland';
const HEALTH_CHECK = 'cluster.x-k8s.io/v1beta2/MachineHealthCheck';
/** Health checks replace a node after 300 seconds of silence, which node controllers notice after some 50. */
const LONGER_THAN_HEALTH_CHECKS_MS = 420_000;

const claim = smallClaim(namespace, 'steady', {
  controlPlane: { replicas: 3 },
  nodeGroups: { web: { minReplicas: 3, maxReplicas: 3, instanceType: 's1.large' } },
});

describe('H07 a zone that loses its power', () => {
  let kube: Kube;

  beforeAll(async () => {
    kube = admin();
    await applyClaim(kube, claim);
    await untilReady(kube, claim);
  });
  afterAll(async () => {
    await setPower('on');
    await leaveClaim(kube, claim);
    await kube.close();
  });

  async function setPower(power: 'on' | 'off'): Promise<void> {
    const nodes = await kube.list('v1/Node', { labelSelector: `topology.kubernetes.io/zone=${LOST}` });
    const annotations = { 'region.hikube.cloud/power': power };
    await Promise.all(
      nodes.map(node => kube.mergePatch('v1/Node', node.metadata.name, undefined, { metadata: { annotations } })),
    );
  }

  const machines = async () => {
    const found = await kube.list(MACHINE, { namespace, labelSelector: 'cluster.x-k8s.io/cluster-name=steady' });
    return found.map(machine => String(machine.metadata.uid)).sort();
  };
  const warned = async () =>
    list(await kube.get(CLAIM, 'steady', namespace), 'status', 'warnings').some(
      warning => text(warning, 'code') === 'ZoneLost',
    );
  const pausedZones = async () => {
    const [check] = await kube.list(HEALTH_CHECK, { namespace });
    return list(check, 'spec', 'selector', 'matchExpressions').map(entry => at(entry, 'values'));
  };

  test('is told, keeps its nodes for longer than health checks wait, and goes on by itself when it is back', async () => {
    const before = await machines();
    expect(before).toHaveLength(3);
    await setPower('off');
    await until('the zone to be taken for lost', warned, { timeoutMs: 240_000 });
    await untilHolds('the health check to leave it alone', pausedZones, zones => expect(zones).toEqual([[LOST]]));
    await delay(LONGER_THAN_HEALTH_CHECKS_MS);
    expect(await machines()).toEqual(before);

    await setPower('on');
    await until('the zone to be back', async () => !(await warned()), { timeoutMs: 480_000 });
    await until('the health check to look at it again', async () => (await pausedZones()).length === 0);
    await untilReady(kube, claim);
    expect(await machines()).toEqual(before);
  }, 1_500_000);
});
