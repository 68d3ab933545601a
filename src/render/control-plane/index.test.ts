import { describe, expect, test } from 'vitest';
import { at, isObject, listAt, objectAt, stringAt } from '../../base/json.ts';
import { pick, shop, controlPlane as spec } from '../testing/shop.ts';
import { renderControlPlane } from './index.ts';

const rendered = renderControlPlane(shop, spec);
const controlPlane = pick(rendered, 'control-plane');
const deployments = ['cluster-autoscaler', 'cloud-controller', 'csi-controller'].map(part => pick(rendered, part));
const podsOf = (deployment: unknown) => at(deployment, 'spec', 'template', 'spec');
const containersOf = (deployment: unknown) => [
  ...listAt(podsOf(deployment), 'initContainers'),
  ...listAt(podsOf(deployment), 'containers'),
];

test('Cluster, KamajiControlPlane and KubevirtCluster are named as the claim', () => {
  for (const part of ['cluster', 'control-plane', 'infrastructure']) {
    expect(pick(rendered, part).metadata).toMatchObject({ name: 'shop', namespace: 'acme' });
  }
  expect(at(pick(rendered, 'cluster'), 'spec', 'controlPlaneRef', 'name')).toBe('shop');
  expect(at(pick(rendered, 'cluster'), 'spec', 'infrastructureRef', 'name')).toBe('shop');
});

test('what could delete the nodes of a lost zone leaves them alone: the autoscaler, and the cloud controller', () => {
  const args = (part: string) => listAt(podsOf(pick(rendered, part)), 'containers', 0, 'args');
  expect(args('cluster-autoscaler')).toContain('--scale-down-unready-enabled=false');
  expect(args('cloud-controller')).toContain('--controllers=*,-cloud-node-lifecycle');
});

test('the autoscaler stops where the Pod addresses of the cluster end', () => {
  const own = renderControlPlane(shop, { ...spec, maxNodes: 253 });
  expect(listAt(podsOf(pick(own, 'cluster-autoscaler')), 'containers', 0, 'args')).toContain('--max-nodes-total=253');
});

test('Cluster API objects hold no empty value, which its schemas refuse', () => {
  expect(emptiesOf(pick(rendered, 'cluster').spec)).toEqual([]);
});

test('the Cluster has no endpoint of its own: Kamaji publishes the internal one for the workers', () => {
  expect(at(pick(rendered, 'cluster'), 'spec', 'controlPlaneEndpoint')).toBeUndefined();
});

test('the infrastructure is left to Kamaji', () => {
  expect(pick(rendered, 'infrastructure').metadata.annotations).toEqual({ 'cluster.x-k8s.io/managed-by': 'kamaji' });
});

test('H06: API servers of one revision stand in different zones as far as these go, and a dead zone does not count', () => {
  expect(listAt(controlPlane, 'spec', 'deployment', 'topologySpreadConstraints').slice(0, 1)).toEqual([
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      nodeTaintsPolicy: 'Honor',
      labelSelector: { matchLabels: { 'kamaji.clastix.io/name': 'shop' } },
      matchLabelKeys: ['pod-template-hash'],
    },
  ]);
});

test('prefix and user in the DataStore are those of the first release, which Kamaji never lets change', () => {
  const user = 'acme_shop_f84b17';
  expect(at(controlPlane, 'spec', 'dataStoreSchema')).toBe(user);
  expect(at(controlPlane, 'spec', 'dataStoreUsername')).toBe(user);
});

test('API servers of one revision prefer different hosts, but rather share one than stay pending', () => {
  expect(listAt(controlPlane, 'spec', 'deployment', 'topologySpreadConstraints')[1]).toEqual({
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { 'kamaji.clastix.io/name': 'shop' } },
    matchLabelKeys: ['pod-template-hash'],
  });
});

test("a kubelet may change its own node only: NodeRestriction is on in the tenant's API servers", () => {
  expect(listAt(controlPlane, 'spec', 'admissionControllers')).toEqual(['NodeRestriction']);
});

test('the tunnel reaches every node, whatever its taints', () => {
  const agent = at(controlPlane, 'spec', 'addons', 'konnectivity', 'agent');
  expect(agent).toEqual({ mode: 'DaemonSet', tolerations: [{ operator: 'Exists' }] });
});

test('CoreDNS and kube-proxy are off, the tunnel is on', () => {
  expect(Object.keys(objectAt(controlPlane, 'spec', 'addons'))).toEqual(['konnectivity']);
});

test('the tunnel version is left to Kamaji unless the catalogue knows better', () => {
  const tunnel = (version?: string) => {
    const given = version === undefined ? spec : { ...spec, konnectivityVersion: version };
    return at(pick(renderControlPlane(shop, given), 'control-plane'), 'spec', 'addons', 'konnectivity');
  };
  expect(at(tunnel(), 'server', 'version')).toBeUndefined();
  expect(at(tunnel('v0.34.0'), 'server', 'version')).toBe('v0.34.0');
  expect(at(tunnel('v0.34.0'), 'agent', 'version')).toBe('v0.34.0');
});

test('H41: sizes of the API server, controller manager and scheduler are requests and limits', () => {
  expect(at(controlPlane, 'spec', 'apiServer', 'resources')).toEqual({
    requests: { cpu: '2', memory: '2Gi' },
    limits: { cpu: '2', memory: '2Gi' },
  });
});

describe('a public endpoint', () => {
  const endpoint = { host: 'shop.example.com', ingressClass: 'nginx' };
  const open = renderControlPlane(shop, { ...spec, endpoint });

  test('without one there is no ingress', () => {
    expect(rendered.has('api-ingress')).toBe(false);
  });

  test('H82: the host is in the certificate and TLS passes through to the API', () => {
    expect(listAt(pick(open, 'control-plane'), 'spec', 'network', 'certSANs')).toEqual([
      'shop.acme.svc',
      'shop.acme.svc.cluster.local',
      'shop.example.com',
    ]);
    const ingress = pick(open, 'api-ingress');
    expect(ingress.metadata.annotations).toMatchObject({ 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true' });
    expect(at(ingress, 'spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service')).toEqual({
      name: 'shop',
      port: { number: 6443 },
    });
  });
});

describe('the programs beside the control plane', () => {
  test('wait for the kubeconfig that Kamaji writes, and read nothing else of it', () => {
    for (const deployment of deployments) {
      expect(listAt(podsOf(deployment), 'volumes')[0]).toEqual({
        name: 'kubeconfig',
        secret: { secretName: 'shop-kubeconfig', optional: true, items: [{ key: 'value', path: 'value' }] },
      });
      expect(stringAt(podsOf(deployment), 'initContainers', 0, 'name')).toBe('wait-for-kubeconfig');
    }
  });

  test('run without privileges and say what they take', () => {
    for (const deployment of deployments) {
      expect(at(podsOf(deployment), 'securityContext')).toMatchObject({ runAsNonRoot: true });
      for (const container of containersOf(deployment)) {
        expect(container).toMatchObject({
          resources: {
            requests: { cpu: expect.stringMatching(/m$/), memory: expect.stringMatching(/Mi$/) },
            limits: { cpu: expect.stringMatching(/m$/), memory: expect.stringMatching(/Mi$/) },
          },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        });
      }
    }
  });

  test('have an identity of their own with rights in the namespace of the claim only', () => {
    for (const deployment of deployments) {
      const account = stringAt(podsOf(deployment), 'serviceAccountName');
      const binding = [...rendered.values()].find(
        object => object.kind === 'RoleBinding' && stringAt(object, 'subjects', 0, 'name') === account,
      );
      expect(binding?.metadata.namespace).toBe('acme');
    }
    expect([...rendered.values()].map(object => object.kind)).not.toContain('ClusterRoleBinding');
  });

  test('select their own pods', () => {
    for (const deployment of deployments) {
      const selector = objectAt(deployment, 'spec', 'selector', 'matchLabels');
      expect(at(deployment, 'spec', 'template', 'metadata', 'labels')).toMatchObject(selector);
    }
  });

  test('the autoscaler scales groups of this cluster in this namespace only', () => {
    expect(listAt(podsOf(pick(rendered, 'cluster-autoscaler')), 'containers', 0, 'args')).toContain(
      '--node-group-auto-discovery=clusterapi:namespace=acme,clusterName=shop',
    );
  });

  test('the CSI driver may use the storage classes of the cluster and no others', () => {
    expect(at(pick(rendered, 'csi-controller-config'), 'data')).toEqual({
      infraClusterNamespace: 'acme',
      infraClusterLabels: 'cluster.x-k8s.io/cluster-name=shop',
      infraStorageClassEnforcement: 'allowAll: false\nallowDefault: false\nallowList: ["replicated","local"]\n',
    });
  });

  test('two CSI controllers never run side by side: they elect no leader', () => {
    expect(at(pick(rendered, 'csi-controller'), 'spec', 'strategy')).toEqual({ type: 'Recreate' });
    for (const deployment of deployments.slice(0, 2)) expect(at(deployment, 'spec', 'strategy')).toBeUndefined();
  });

  test('pods roll when their configuration changes, and only then', () => {
    const pods = (storageClasses: string[]) =>
      at(pick(renderControlPlane(shop, { ...spec, storageClasses }), 'csi-controller'), 'spec', 'template');
    expect(pods(['local'])).not.toEqual(pods(['replicated']));
    expect(pods(['local'])).toEqual(pods(['local']));
  });
});

test('the composite stays far below what Crossplane bears', () => {
  expect(rendered.size).toBeLessThan(20);
});

function emptiesOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [path] : value.flatMap((item, index) => emptiesOf(item, `${path}.${index}`));
  }
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, item]) => emptiesOf(item, `${path}.${key}`));
}
