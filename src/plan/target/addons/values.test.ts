import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../../base/json.ts';
import { releasesOf, warningsOf } from './testing/context.ts';

const on = { enabled: true };
const small = { instanceType: 's1.small', minReplicas: 1 };

test('DNS answers at the address kubelets hand out, twice, over zones (H77)', () => {
  expect(releasesOf({}).coredns?.values).toMatchObject({
    replicaCount: 2,
    service: { name: 'kube-dns', clusterIP: '10.95.0.10' },
    k8sAppLabelOverride: 'kube-dns',
    topologySpreadConstraints: [
      { topologyKey: 'topology.kubernetes.io/zone' },
      { topologyKey: 'kubernetes.io/hostname' },
    ],
  });
});

test('DNS answers by TCP too, with an account of its own', () => {
  expect(releasesOf({}).coredns?.values).toMatchObject({
    serviceAccount: { create: true },
    servers: [{ zones: [{ zone: '.', use_tcp: true }], port: 53 }],
  });
});

test('every class of the platform exists by its own name and the cluster’s is the default (D24, H03, H17)', () => {
  expect(releasesOf({}).csi?.values.storageClasses).toEqual([
    { name: 'local', infraStorageClassName: 'local', default: false },
    { name: 'replicated', infraStorageClassName: 'replicated', default: true },
    { name: 'replicated-async', infraStorageClassName: 'replicated-async', default: false },
  ]);
});

describe('cert-manager', () => {
  test('the issuer of the how-to comes with it, after it (H68)', () => {
    const { issuers } = releasesOf({ certManager: on });
    expect(issuers).toMatchObject({
      source: { chart: 'hikube-tenant' },
      namespace: 'cert-manager',
      dependsOn: ['cert-manager'],
      values: { clusterIssuer: { enabled: true, name: 'letsencrypt-prod', ingressClassName: 'nginx' } },
    });
  });

  test('the documented installCRDs becomes what the chart takes today', () => {
    const values = (installCRDs: boolean) =>
      releasesOf({ certManager: { ...on, valuesOverride: { installCRDs } } })['cert-manager']?.values;
    expect(values(true)).toMatchObject({ crds: { enabled: true, keep: true } });
    expect(values(false)).toMatchObject({ crds: { enabled: false, keep: true } });
    expect(values(true)).not.toHaveProperty('installCRDs');
  });

  test('it solves challenges over gateways where there are gateways', () => {
    expect(releasesOf({ certManager: on, gatewayAPI: on })['cert-manager']?.values.config).toMatchObject({
      gatewayAPI: { enabled: true },
    });
  });
});

const traefik = { ...on, engine: 'traefik' };

describe('ingress-nginx', () => {
  const values = (addon: object, groups?: Parameters<typeof releasesOf>[1]) =>
    releasesOf({ ingressNginx: { ...on, ...addon } }, groups)['ingress-nginx']?.values;

  test.each([
    ['nothing said', {}, 'LoadBalancer'],
    ['hosts', { hosts: ['a.example'] }, 'NodePort'],
    ['Proxied', { exposeMethod: 'Proxied', hosts: ['a.example'] }, 'NodePort'],
    ['LoadBalancer', { exposeMethod: 'LoadBalancer', hosts: ['a.example'] }, 'LoadBalancer'],
  ])('%s', (_, addon, type) => {
    expect(at(values(addon), 'controller', 'service', 'type')).toBe(type);
  });

  test('Proxied listens where the shared ingress sends (H65)', () => {
    expect(at(values({ hosts: ['a.example'] }), 'controller', 'service', 'nodePorts')).toEqual({
      http: 30000,
      https: 30001,
    });
  });

  test('a Deployment of class nginx with metrics (D36, H24, H67)', () => {
    expect(values({})).toMatchObject({
      controller: { kind: 'Deployment', ingressClassResource: { name: 'nginx' }, metrics: { enabled: true } },
    });
  });

  test('it runs on the nodes made for it, whatever their taints; without such nodes the tenant is told (H69)', () => {
    const taints = [{ key: 'edge', value: 'yes', effect: 'NoSchedule' }];
    expect(values({}, { edge: { ...small, roles: ['ingress-nginx'], taints } })).toMatchObject({
      controller: {
        nodeSelector: { 'node-role.kubernetes.io/ingress-nginx': '' },
        tolerations: [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
      },
    });
    expect(at(values({}, { app: small }), 'controller', 'nodeSelector')).toBeUndefined();
    expect(warningsOf({ ingressNginx: traefik }, { app: small })).toEqual([
      'NoIngressNodes at spec.addons.ingressNginx',
    ]);
  });

  test('hosts that cannot be reached as asked are told', () => {
    expect(warningsOf({ ingressNginx: { ...traefik, exposeMethod: 'Proxied' } })).toEqual([
      'NothingExposed at spec.addons.ingressNginx.hosts',
    ]);
    expect(warningsOf({ ingressNginx: { ...traefik, hosts: ['a.example', '*.example'] } })).toEqual([
      'WildcardProxied at spec.addons.ingressNginx.hosts[1]',
    ]);
    expect(warningsOf({ ingressNginx: { ...traefik, exposeMethod: 'LoadBalancer', hosts: ['*.example'] } })).toEqual(
      [],
    );
  });
});

describe('fluxcd', () => {
  const flux = (valuesOverride: object) => releasesOf({ fluxcd: { ...on, valuesOverride: { ...valuesOverride } } });

  test('a repository is followed every minute and is no value of the chart (H71, H72)', () => {
    const releases = flux({ gitRepository: { url: 'https://git.example/a', branch: 'main', path: './clusters' } });
    expect(releases.gitops).toMatchObject({
      namespace: 'flux-system',
      dependsOn: ['fluxcd'],
      values: { gitops: { url: 'https://git.example/a', branch: 'main', path: './clusters', interval: '1m' } },
    });
    expect(releases.fluxcd?.values).toEqual({});
  });

  test('an address as Git hosts show it becomes a URL', () => {
    expect(flux({ gitRepository: { url: 'git@git.example:team/a.git' } }).gitops?.values).toMatchObject({
      gitops: { url: 'ssh://git@git.example/team/a.git' },
    });
  });

  test('the documented resources are those of each controller', () => {
    expect(flux({ resources: { limits: { cpu: '500m' } } }).fluxcd?.values).toMatchObject({
      sourceController: { resources: { limits: { cpu: '500m' } } },
      helmController: { resources: { limits: { cpu: '500m' } } },
    });
  });
});

describe('gpu-operator', () => {
  const ml = {
    instanceType: 'u1.xlarge',
    gpus: [{ name: 'nvidia.com/L40S' }],
    taints: [{ key: 'ml', effect: 'NoSchedule' }],
  };

  test('driver and device plugin run on every GPU node, whatever its taints', () => {
    const tolerations = [{ operator: 'Exists' }];
    expect(releasesOf({}, { ml })['gpu-operator']?.values).toMatchObject({
      driver: { enabled: true },
      daemonsets: { tolerations },
      'node-feature-discovery': { worker: { tolerations } },
      dcgmExporter: { enabled: true, serviceMonitor: { enabled: false } },
    });
  });

  test('what a running driver tolerates changes only when a taint asks for more: the operator would replace it', () => {
    const tolerations = [
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'ml', operator: 'Exists', effect: 'NoSchedule' },
    ];
    const running = (groups: JsonObject) => {
      const releases = releasesOf({}, { ml });
      const operator = releases['gpu-operator'];
      if (!operator) throw new Error('no GPU operator');
      const before = { ...operator, values: { ...operator.values, daemonsets: { tolerations } } };
      const observed = { pools: {}, addons: { spec: { cluster: 'shop', releases: { 'gpu-operator': before } } } };
      return at(releasesOf({}, groups, observed)['gpu-operator']?.values, 'daemonsets', 'tolerations');
    };
    expect(running({ ml })).toEqual(tolerations);
    expect(running({ ml: { ...ml, taints: [{ key: 'other', effect: 'NoExecute' }] } })).toEqual([
      { operator: 'Exists' },
    ]);
  });

  test('the kernel module’s parameters are there before it', () => {
    const releases = releasesOf({}, { ml });
    expect(releases['gpu-operator']?.dependsOn).toContain('gpu-settings');
    expect(releases['gpu-settings']).toMatchObject({
      namespace: 'gpu-operator',
      values: { gpu: { moduleParameters: { content: 'NVreg_NvLinkDisable=1' } } },
    });
    const named = at(releases['gpu-operator']?.values, 'driver', 'kernelModuleConfig', 'name');
    expect(at(releases['gpu-settings']?.values, 'gpu', 'moduleParameters', 'name')).toBe(named);
  });
});

describe('velero', () => {
  const values = (configuration: JsonObject) =>
    releasesOf({
      velero: {
        ...on,
        valuesOverride: {
          velero: { configuration, schedules: { daily: { schedule: '0 2 * * *', template: { ttl: '240h' } } } },
        },
      },
    }).velero?.values;

  test('a location given as a map becomes the list the chart takes, schedules stay (H76)', () => {
    const location = { name: 'default', provider: 'aws', bucket: 'b', config: { region: 'us-east-1' } };
    expect(values({ backupStorageLocation: location })).toMatchObject({
      backupsEnabled: true,
      snapshotsEnabled: false,
      configuration: { backupStorageLocation: [{ ...location, default: true }], defaultVolumesToFsBackup: true },
      schedules: { daily: { schedule: '0 2 * * *', template: { ttl: '240h' } } },
    });
    expect(at(values({ backupStorageLocation: [location] }), 'configuration', 'backupStorageLocation')).toEqual([
      location,
    ]);
  });

  test('without a location nothing is written', () => {
    expect(releasesOf({ velero: on }).velero?.values).toMatchObject({ backupsEnabled: false });
  });
});

test('parts of the vertical pod autoscaler can be switched one by one (H75)', () => {
  const valuesOverride = { updater: { enabled: false } };
  expect(releasesOf({ verticalPodAutoscaler: { valuesOverride } })['vertical-pod-autoscaler']?.values).toEqual(
    valuesOverride,
  );
});
