import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../api/json.ts';
import { releasesOf, warningsOf } from './testing/context.ts';

const on = { enabled: true };
const small = { instanceType: 's1.small', minReplicas: 1 };

describe('cilium', () => {
  const values = (addons = {}, groups?: Parameters<typeof releasesOf>[1]) => releasesOf(addons, groups).cilium?.values;

  test('it reaches the API without the Service network it is to build, and replaces kube-proxy', () => {
    expect(values()).toMatchObject({
      k8sServiceHost: 'shop.acme.svc',
      k8sServicePort: 6443,
      kubeProxyReplacement: true,
    });
  });

  test('its packets fit into the platform’s and Hubble is on (H78)', () => {
    expect(values()).toMatchObject({ MTU: 1350, hubble: { enabled: true } });
  });

  test('with the Gateway API it serves gateways, once their kinds exist (H74)', () => {
    const release = releasesOf({ gatewayAPI: on }).cilium;
    expect(release?.values).toMatchObject({
      gatewayAPI: { enabled: true, enableAlpn: true },
      envoy: { enabled: true },
    });
    expect(release?.dependsOn).toEqual(['gateway-api']);
    expect(values()).not.toHaveProperty('gatewayAPI');
  });

  test('encryption without a type is WireGuard, which needs no Secret; a type given wins', () => {
    const encryption = (given: JsonObject) =>
      at(values({ cilium: { valuesOverride: { encryption: given } } }), 'encryption');
    expect(encryption({ enabled: true })).toEqual({ enabled: true, type: 'wireguard' });
    expect(encryption({ enabled: true, type: 'ipsec' })).toEqual({ enabled: true, type: 'ipsec' });
  });

  test('Hubble’s certificates are renewed, by a job that finds a node in every cluster', () => {
    expect(values()).toMatchObject({
      hubble: { tls: { auto: { method: 'cronJob' } } },
      certgen: { tolerations: [{ operator: 'Exists' }] },
    });
  });

  test('a second operator only where a second node is', () => {
    expect(values({}, { web: small })).toMatchObject({ operator: { replicas: 1 } });
    expect(values({}, { web: small, app: small })).toMatchObject({ operator: { replicas: 2 } });
  });
});

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

describe('monitoring agents', () => {
  test('logs go to the tenant’s own store, unless it says otherwise (H29, H73)', () => {
    const config = (valuesOverride = {}) =>
      at(releasesOf({ monitoringAgents: { ...on, valuesOverride } })['fluent-bit']?.values, 'config');
    expect(at(config(), 'outputs')).toContain('Host vlinsert-generic.acme.svc');
    expect(at(config(), 'filters')).toMatch(
      /https:..[$][{]KUBERNETES_SERVICE_HOST[}]:[$][{]KUBERNETES_SERVICE_PORT[}]/,
    );
    expect(at(config({ fluentbit: { config: { outputs: '[OUTPUT]\n    Name stdout\n' } } }), 'outputs')).toBe(
      '[OUTPUT]\n    Name stdout\n',
    );
  });

  test.each([
    [
      'lines that forget the server',
      '[SERVICE]\n    Flush 5\n',
      '[SERVICE]\n    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n    Flush 5\n',
    ],
    [
      'lines that switch it off',
      '[SERVICE]\n    http_server off\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2021\n    Health_Check Off\n',
      '[SERVICE]\n    http_server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2021\n    Health_Check Off\n',
    ],
    [
      'a header alone',
      '[SERVICE]',
      '[SERVICE]\n    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n',
    ],
    [
      'no header',
      '    Flush 5\n',
      '[SERVICE]\n    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n    Flush 5\n',
    ],
  ])('an override of the service keeps what answers the probes: %s', (_, service, kept) => {
    const valuesOverride = { fluentbit: { config: { service, inputs: 'mine' } } };
    const config = at(releasesOf({ monitoringAgents: { ...on, valuesOverride } })['fluent-bit']?.values, 'config');
    expect(config).toMatchObject({ service: kept, inputs: 'mine' });
  });

  test('they live in the documented namespace (D32)', () => {
    const { 'fluent-bit': logs, 'node-exporter': nodes } = releasesOf({ monitoringAgents: on });
    expect([logs?.namespace, nodes?.namespace]).toEqual(['monitoring', 'monitoring']);
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
