import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { applyClaim, CLAIM, condition, deleteClaim, example, untilReady } from './support/claims.ts';
import {
  MACHINE,
  MACHINE_DEPLOYMENT,
  sumOfBounds,
  tenantApi,
  VIRTUAL_MACHINE,
  zonesOfPods,
} from './support/cluster.ts';
import { leftovers } from './support/leftovers.ts';
import { runPage } from './support/pages.ts';
import { object, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { renderDifferences } from './support/rendered.ts';
import { until } from './support/wait.ts';

const PAGE = 'docs/quick-start.md';
const ZONES = ['geneva', 'gland', 'lucerne'];

describe('H36 the quick start', () => {
  let kube: Kube;
  let claim: KubeObject;
  const namespace = 'acme';

  // Created, used, changed and deleted by the commands of the page, in its order.
  beforeAll(async () => {
    kube = admin();
    await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await runPage(PAGE, 0, 3);
    claim = await untilReady(kube, example('quick-start.yaml', namespace));
  });
  afterAll(async () => {
    if (await kube.get('hikube.cloud/v1alpha1/HikubeCluster', claim.metadata.name, namespace))
      await deleteClaim(kube, claim);
    await kube.close();
  });

  test('every condition of the claim is True', () => {
    const states = [
      'Accepted',
      'EtcdReady',
      'ControlPlaneReady',
      'NodePoolsReady',
      'StorageReady',
      'NetworkReady',
      'AddonsReady',
      'Reachable',
      'Synced',
      'Ready',
    ];
    expect(states.map(type => [type, text(condition(claim, type), 'status')])).toEqual(
      states.map(type => [type, 'True']),
    );
  });

  test('H83 status answers which version, which endpoint, which nodes and what waits', () => {
    expect(object(claim, 'status')).toMatchObject({
      version: expect.stringMatching(/^v1\.\d+\.\d+$/),
      endpoint: expect.stringMatching(/^https:\/\//),
      kubeconfigSecret: 'demo-admin-kubeconfig',
      nodes: '1/1',
      waiting: [],
      problems: [],
    });
  });

  test('H07 etcd has a member in each zone, H06 so has the control plane', async () => {
    const [etcd] = await kube.list('etcd-operator.cozystack.io/v1alpha2/EtcdCluster', { namespace });
    expect(await zonesOfPods(kube, namespace, `etcd-operator.cozystack.io/cluster=${etcd?.metadata.name}`)).toEqual(
      ZONES,
    );
    expect(await zonesOfPods(kube, namespace, 'kamaji.clastix.io/name=demo')).toEqual(ZONES);
  });

  test('H02 H12 machines come from our objects by the real controllers, bounds sum up to those of the claim', async () => {
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect([sumOfBounds(deployments, 'min'), sumOfBounds(deployments, 'max')]).toEqual([1, 5]);
    const [machine, ...more] = await kube.list(MACHINE, {
      namespace,
      labelSelector: 'cluster.x-k8s.io/cluster-name=demo',
    });
    expect(more).toEqual([]);
    expect(text(machine, 'status', 'phase')).toBe('Running');
    const machines = await kube.list(VIRTUAL_MACHINE, { namespace });
    expect(machines.map(vm => vm.metadata.name)).toEqual([machine?.metadata.name]);
  });

  test('H01 H09 H80 the tenant sees its workers alone, each with zone and role', async () => {
    const tenant = await tenantApi(kube, claim);
    const nodes = await tenant.list('v1/Node');
    expect(nodes).toHaveLength(1);
    expect(ZONES).toContain(nodes[0]?.metadata.labels?.['topology.kubernetes.io/zone']);
    expect(nodes[0]?.metadata.labels).toHaveProperty(['node-role.kubernetes.io/ingress-nginx']);
    await tenant.close();
  });

  test('H03 H17 the tenant has the storage classes of the platform, replicated by default', async () => {
    const tenant = await tenantApi(kube, claim);
    const classes = await tenant.list('storage.k8s.io/v1/StorageClass');
    const defaults = classes.filter(
      entry => entry.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
    );
    expect(classes.map(entry => entry.metadata.name).sort()).toEqual(['local', 'replicated', 'replicated-async']);
    expect(defaults.map(entry => entry.metadata.name)).toEqual(['replicated']);
    await tenant.close();
  });

  test('hikube render says what Crossplane composed', async () => {
    expect(await renderDifferences(kube, example('quick-start.yaml', namespace))).toEqual([]);
  });

  test('H57 applying the unchanged manifest again changes nothing', async () => {
    const before = await generations(kube, namespace);
    await applyClaim(kube, example('quick-start.yaml', namespace));
    await new Promise(resolve => setTimeout(resolve, 3000));
    expect(await generations(kube, namespace)).toEqual(before);
  });

  test('H80 H50 the page shows how to fetch the kubeconfig, see machines and change bounds', async () => {
    const [secret = '', machines] = await runPage(PAGE, 3, 6);
    expect(Buffer.from(secret, 'base64').toString()).toContain('kind: Config');
    expect(machines).toContain('demo-general-');
    await until(
      'the new bounds to arrive',
      async () => sumOfBounds(await kube.list(MACHINE_DEPLOYMENT, { namespace }), 'max') === 8,
    );
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect(sumOfBounds(deployments, 'min')).toBe(1);
  });

  test('H91 deleting the claim removes every object it made', async () => {
    await runPage(PAGE, 6);
    expect(await kube.get(CLAIM, 'demo', namespace)).toBeUndefined();
    await until(
      'every object of the claim to be gone',
      async () => (await leftovers(kube, namespace, 'demo')).length === 0,
      {
        explain: async () => (await leftovers(kube, namespace, 'demo')).join('\n'),
      },
    );
    expect(await leftovers(kube, namespace, 'demo')).toEqual([]);
  });
});

/** Generations of what the claim composes: they rise when a spec changes. */
async function generations(kube: Kube, namespace: string): Promise<Record<string, number | undefined>> {
  const kinds = [
    'hikube.cloud/v1alpha1/HikubeEtcd',
    'hikube.cloud/v1alpha1/HikubeControlPlane',
    'hikube.cloud/v1alpha1/HikubeNodePool',
    'hikube.cloud/v1alpha1/HikubeAddons',
    'controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane',
    MACHINE_DEPLOYMENT,
    'helm.toolkit.fluxcd.io/v2/HelmRelease',
  ] as const;
  const found = await Promise.all(kinds.map(kind => kube.list(kind, { namespace })));
  return Object.fromEntries(
    found.flat().map(entry => [`${entry.kind} ${entry.metadata.name}`, entry.metadata.generation]),
  );
}
