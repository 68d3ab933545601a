import { describe, expect, test } from 'vitest';
import { at } from '../../../base/json.ts';
import { names } from '../../../base/names.ts';
import { releasesOf, warningsOf } from './testing/context.ts';

const ALWAYS = ['cilium', 'coredns', 'csi', 'metrics-server'];
const GPU_GROUP = { ml: { instanceType: 'u1.xlarge', gpus: [{ name: 'nvidia.com/L40S' }] } };
const on = { enabled: true };

describe('which releases there are', () => {
  test.each([
    ['nothing asked for, metrics for `kubectl top` all the same (H79)', {}, []],
    ['everything switched off (H62)', off(), []],
    ['certificates', { certManager: on }, ['cert-manager', 'issuers']],
    ['ingress', { ingressNginx: on }, ['ingress-nginx']],
    ['Flux', { fluxcd: on }, ['fluxcd']],
    [
      'Flux with a repository',
      { fluxcd: { ...on, valuesOverride: { gitRepository: { url: 'https://git.example/a' } } } },
      ['fluxcd', 'gitops'],
    ],
    ['monitoring (H27, H28)', { monitoringAgents: on }, ['fluent-bit', 'node-exporter', 'kube-state-metrics']],
    [
      'monitoring without one agent',
      { monitoringAgents: { ...on, valuesOverride: { kubeStateMetrics: { enabled: false } } } },
      ['fluent-bit', 'node-exporter'],
    ],
    ['gateways', { gatewayAPI: on }, ['gateway-api']],
    ['GPUs', { gpuOperator: on }, ['gpu-operator', 'gpu-settings']],
    ['backups', { velero: on }, ['velero']],
    ['vertical autoscaling, by its block alone', { verticalPodAutoscaler: {} }, ['vertical-pod-autoscaler']],
  ])('%s', (_, addons, extra) => {
    expect(Object.keys(releasesOf(addons)).sort()).toEqual([...ALWAYS, ...extra].sort());
  });

  test('the GPU operator comes with the first GPU unless refused (H60)', () => {
    expect(releasesOf({}, GPU_GROUP)['gpu-operator']).toBeDefined();
    expect(releasesOf({ gpuOperator: {} }, GPU_GROUP)['gpu-operator']).toBeDefined();
    expect(releasesOf({ gpuOperator: { enabled: false } }, GPU_GROUP)['gpu-operator']).toBeUndefined();
    expect(warningsOf({ gpuOperator: { enabled: false } }, GPU_GROUP)).toContain(
      'GpuOperatorOff at spec.addons.gpuOperator.enabled',
    );
    expect(warningsOf({}, GPU_GROUP)).toEqual([]);
  });

  test('every dependency is itself released, and nothing waits in a circle', () => {
    const releases = releasesOf(everything());
    const reached = new Set<string>();
    const visit = (name: string, path: string[]): void => {
      if (path.includes(name)) throw new Error(`circle: ${[...path, name].join(' → ')}`);
      const release = releases[name];
      if (!release) throw new Error(`${path.at(-1)} waits for ${name}, which is not released`);
      reached.add(name);
      for (const next of release.dependsOn) visit(next, [...path, name]);
    };
    for (const name of Object.keys(releases)) visit(name, []);
    expect(reached.size).toBe(Object.keys(releases).length);
  });

  test('release names are valid label values, which Flux makes of them, for the longest claim name', () => {
    const id = { namespace: 'acme', name: 'c'.repeat(42) };
    for (const name of Object.keys(releasesOf(everything())))
      expect(names.release(id, name).length).toBeLessThanOrEqual(63);
  });

  test('only network, DNS and storage are essential', () => {
    const essential = Object.entries(releasesOf(everything())).filter(([, release]) => release.essential);
    expect(essential.map(([name]) => name).sort()).toEqual(['cilium', 'coredns', 'csi']);
  });
});

describe('values of the tenant reach every chart, nested or not (H63)', () => {
  test.each([
    ['cilium', 'cilium', ['cilium'], false],
    ['coredns', 'coredns', ['coredns', 'corends'], false],
    ['certManager', 'cert-manager', ['certManager', 'cert-manager'], true],
    ['ingressNginx', 'ingress-nginx', ['ingressNginx', 'ingress-nginx'], true],
    ['fluxcd', 'fluxcd', ['fluxcd'], true],
    ['gpuOperator', 'gpu-operator', ['gpuOperator', 'gpu-operator'], true],
    ['velero', 'velero', ['velero'], true],
    ['verticalPodAutoscaler', 'vertical-pod-autoscaler', ['verticalPodAutoscaler', 'vertical-pod-autoscaler'], false],
  ])('%s', (field, name, keys, switched) => {
    const given = { mine: { deep: 1 }, other: [2] };
    const values = (valuesOverride: object) =>
      releasesOf({ [field]: { ...(switched ? on : {}), valuesOverride: { ...valuesOverride } } })[name]?.values;
    expect(values(given)).toMatchObject(given);
    for (const key of keys) expect(values({ [key]: given })).toEqual(values(given));
  });

  test.each([
    ['fluentbit', 'fluent-bit'],
    ['fluent-bit', 'fluent-bit'],
    ['nodeExporter', 'node-exporter'],
    ['prometheus-node-exporter', 'node-exporter'],
    ['kubeStateMetrics', 'kube-state-metrics'],
    ['kube-state-metrics', 'kube-state-metrics'],
  ])('monitoring agents: %s goes to %s (D30)', (key, name) => {
    const given = { [key]: { enabled: true, mine: 1 } };
    for (const valuesOverride of [given, { monitoringAgents: given }]) {
      const values = releasesOf({ monitoringAgents: { ...on, valuesOverride } })[name]?.values;
      expect(values).toMatchObject({ mine: 1 });
      expect(values).not.toHaveProperty('enabled');
    }
  });

  test('they win over the platform’s, lists replace lists, null goes back to the chart (D12)', () => {
    const values = releasesOf({
      cilium: { valuesOverride: { MTU: 1400, hubble: { relay: { enabled: true } }, tunnelPort: null } },
    }).cilium?.values;
    expect(values).toMatchObject({
      MTU: 1400,
      hubble: { enabled: true, relay: { enabled: true } },
      kubeProxyReplacement: true,
    });
    expect(values).not.toHaveProperty('tunnelPort');
    const servers = [{ zones: [{ zone: 'example.org.' }], port: 53, plugins: [] }];
    expect(releasesOf({ coredns: { valuesOverride: { servers } } }).coredns?.values.servers).toEqual(servers);
  });

  test('values for the GPU exporter given to the monitoring agents go to the GPU operator (D31)', () => {
    const valuesOverride = { dcgmExporter: { args: ['-f'] } };
    const values = releasesOf({ monitoringAgents: { ...on, valuesOverride } }, GPU_GROUP)['gpu-operator']?.values;
    expect(values?.dcgmExporter).toEqual({ enabled: true, serviceMonitor: { enabled: false }, args: ['-f'] });
  });

  test('the documentation’s misspelling is read and told (D29, H93)', () => {
    const addons = { coredns: { valuesOverride: { corends: { replicaCount: 3 } } } };
    expect(releasesOf(addons).coredns?.values.replicaCount).toBe(3);
    expect(warningsOf(addons)).toEqual(['LegacyField at spec.addons.coredns.valuesOverride.corends']);
  });
});

describe('objects of the Prometheus operator are left out, and the tenant is told (H70)', () => {
  test.each([
    [
      'certManager',
      'cert-manager',
      { prometheus: { enabled: true, servicemonitor: { enabled: true } } },
      ['prometheus', 'servicemonitor', 'enabled'],
    ],
    [
      'ingressNginx',
      'ingress-nginx',
      { controller: { metrics: { serviceMonitor: { enabled: true } } } },
      ['controller', 'metrics', 'serviceMonitor', 'enabled'],
    ],
    ['fluxcd', 'fluxcd', { prometheus: { podMonitor: { create: true } } }, ['prometheus', 'podMonitor', 'create']],
  ])('%s', (field, name, valuesOverride, path) => {
    const addons = { [field]: { ...on, valuesOverride } };
    expect(at(releasesOf(addons)[name]?.values, ...path)).toBe(false);
    expect(warningsOf(addons)).toEqual([
      `MonitorsOff at spec.addons.${field}.valuesOverride.${path.slice(0, -1).join('.')}`,
      ...(field === 'ingressNginx' ? ['IngressEngineRetired at spec.addons.ingressNginx.engine'] : []),
    ]);
  });

  test('an add-on that is off is not warned about', () => {
    expect(
      warningsOf({
        certManager: { enabled: false, valuesOverride: { prometheus: { servicemonitor: { enabled: true } } } },
      }),
    ).toEqual([]);
  });
});

function off() {
  const no = { enabled: false };
  return {
    certManager: no,
    ingressNginx: no,
    fluxcd: no,
    monitoringAgents: no,
    gatewayAPI: no,
    gpuOperator: no,
    velero: no,
  };
}

function everything() {
  return {
    certManager: on,
    ingressNginx: on,
    fluxcd: { ...on, valuesOverride: { gitRepository: { url: 'https://git.example/a' } } },
    monitoringAgents: on,
    gatewayAPI: on,
    gpuOperator: on,
    velero: on,
    verticalPodAutoscaler: {},
  };
}
