import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../../../base/json.ts';
import { hikubeCatalog } from '../../../../catalog/index.ts';
import { addonReleases } from '../index.ts';
import { contextOf, releasesOf, warningsOf } from '../testing/context.ts';

const traefik = { enabled: true, engine: 'traefik' };
const EDGE = {
  edge: {
    instanceType: 's1.large',
    minReplicas: 1,
    roles: ['ingress-nginx'],
    taints: [{ key: 'edge', value: 'yes', effect: 'NoSchedule' }],
  },
};
const engineValues = (addon: JsonObject = {}, groups?: JsonObject) =>
  releasesOf({ ingressNginx: { ...traefik, ...addon } }, groups)['ingress-traefik']?.values;
const front = (addon: JsonObject = {}) =>
  at(releasesOf({ ingressNginx: { ...traefik, ...addon } }).ingress?.values, 'ingress');

describe('Traefik in place of ingress-nginx', () => {
  test('a Deployment of the documented name in the documented namespace, with metrics (D36, H24)', () => {
    expect(releasesOf({ ingressNginx: traefik })['ingress-traefik']).toMatchObject({
      source: { chart: 'traefik' },
      namespace: 'ingress-nginx',
      values: {
        fullnameOverride: 'ingress-nginx-controller',
        deployment: { kind: 'Deployment', replicas: 2 },
        metrics: { prometheus: { service: { enabled: true } } },
      },
    });
  });

  test('reads the Ingresses of the class as ingress-nginx would, and writes the address of the same Service', () => {
    expect(engineValues()).toMatchObject({
      ingressClass: { enabled: false },
      service: { enabled: false },
      providers: {
        kubernetesIngress: { enabled: false },
        kubernetesCRD: { enabled: false },
        kubernetesIngressNGINX: {
          enabled: true,
          ingressClass: 'nginx',
          controllerClass: 'k8s.io/ingress-nginx',
          publishService: { enabled: true, pathOverride: 'ingress-nginx/ingress-nginx-controller' },
        },
      },
    });
  });

  test('runs on the nodes made for it, whatever their taints (H69)', () => {
    expect(engineValues({}, EDGE)).toMatchObject({
      nodeSelector: { 'node-role.kubernetes.io/ingress-nginx': '' },
      tolerations: [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
    });
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['nothing said', {}, { type: 'LoadBalancer', ports: [{ port: 80 }, { port: 443 }] }],
    ['hosts', { hosts: ['a.example'] }, { type: 'NodePort', ports: [{ nodePort: 30000 }, { nodePort: 30001 }] }],
    [
      'a type of the tenant’s',
      { hosts: ['a.example'], valuesOverride: { controller: { service: { type: 'ClusterIP' } } } },
      { type: 'ClusterIP' },
    ],
    [
      'what the nginx chart offers for the Service',
      {
        valuesOverride: {
          controller: { service: { externalTrafficPolicy: 'Local', loadBalancerIP: '', nodePorts: { http: 31000 } } },
        },
      },
      { externalTrafficPolicy: 'Local', ports: [{ nodePort: 31000 }, {}] },
    ],
  ])('its Service, %s (H65, H66)', (_, addon, spec) => {
    expect(front(addon)).toMatchObject({
      class: { name: 'nginx', controller: 'k8s.io/ingress-nginx' },
      service: { name: 'ingress-nginx-controller', spec },
    });
    expect(at(front(addon), 'service', 'spec', 'loadBalancerIP')).toBeUndefined();
    expect(at(front(addon), 'service', 'spec', 'selector')).toEqual({
      'app.kubernetes.io/name': 'traefik',
      'app.kubernetes.io/instance': 'ingress-traefik',
    });
  });

  test('a Service without an address outside asks for no port of the nodes, which would be refused', () => {
    for (const service of [{ type: 'ClusterIP', nodePorts: { http: 31000 } }, { enabled: false }]) {
      const given = { hosts: ['a.example'], valuesOverride: { controller: { service } } };
      expect(at(front(given), 'service', 'spec')).toMatchObject({ type: 'ClusterIP' });
      expect(JSON.stringify(front(given))).not.toContain('nodePort');
    }
  });

  test('values given for ingress-nginx are translated, those without a like are told, the chart’s own win', () => {
    const valuesOverride = {
      controller: {
        replicaCount: 3,
        resources: { requests: { cpu: '200m' } },
        allowSnippetAnnotations: true,
        config: { 'ssl-protocols': 'TLSv1.3' },
        service: { annotations: { a: 'b' } },
      },
      traefik: { logs: { general: { level: 'DEBUG' } }, deployment: { replicas: 4 } },
    };
    expect(engineValues({ valuesOverride })).toMatchObject({
      deployment: { replicas: 4 },
      resources: { requests: { cpu: '200m' } },
      providers: { kubernetesIngressNGINX: { enabled: true, allowSnippetAnnotations: true } },
      logs: { general: { level: 'DEBUG' } },
    });
    expect(at(front({ valuesOverride }), 'service', 'annotations')).toMatchObject({ a: 'b' });
    expect(warningsOf({ ingressNginx: { ...traefik, valuesOverride } })).toEqual([
      'IngressOverrideIgnored at spec.addons.ingressNginx.valuesOverride',
    ]);
    const { findings } = addonReleases(contextOf({ ingressNginx: { ...traefik, valuesOverride } }));
    expect(findings[0]?.message).toContain('controller.config.ssl-protocols');
  });

  test('what makes it the cluster’s ingress cannot be undone by values', () => {
    const valuesOverride = {
      traefik: {
        service: { enabled: true },
        fullnameOverride: 'x',
        ingressClass: { enabled: true },
        deployment: { enabled: false },
      },
    };
    expect(engineValues({ valuesOverride })).toMatchObject({
      service: { enabled: false },
      ingressClass: { enabled: false },
      fullnameOverride: 'ingress-nginx-controller',
      deployment: { enabled: true },
    });
  });
});

describe('which engine', () => {
  const engines = (addon: JsonObject, engine: 'nginx' | 'traefik') => {
    const context = contextOf({ ingressNginx: { enabled: true, ...addon } });
    const catalog = { ...hikubeCatalog, ingress: { ...hikubeCatalog.ingress, engine } };
    return Object.keys(addonReleases({ ...context, catalog }).releases).filter(name => name.startsWith('ingress'));
  };

  test.each<[JsonObject, 'nginx' | 'traefik', string[]]>([
    [{}, 'nginx', ['ingress-nginx']],
    [{}, 'traefik', ['ingress-traefik', 'ingress']],
    [{ engine: 'nginx' }, 'traefik', ['ingress-nginx']],
    [{ engine: 'traefik' }, 'nginx', ['ingress-traefik', 'ingress']],
  ])('%j on a platform of %s', (addon, platform, releases) => {
    expect(engines(addon, platform)).toEqual(releases);
  });

  test('a cluster keeps the one it has when the platform’s changes', () => {
    const before = contextOf({ ingressNginx: { enabled: true } });
    const accepted = { pools: {}, addons: { cluster: 'shop', releases: addonReleases(before).releases } };
    const catalog = { ...hikubeCatalog, ingress: { ...hikubeCatalog.ingress, engine: 'traefik' as const } };
    expect(Object.keys(addonReleases({ ...before, accepted, catalog }).releases)).toContain('ingress-nginx');
    expect(addonReleases({ ...before, accepted, catalog }).releases['ingress-traefik']).toBeUndefined();
  });

  test('one without maintenance is told with its date', () => {
    const { findings } = addonReleases(contextOf({ ingressNginx: { enabled: true } }));
    expect(findings.map(({ code, message }) => [code, /2026-03/.test(message)])).toEqual([
      ['IngressEngineRetired', true],
    ]);
    expect(warningsOf({ ingressNginx: traefik })).toEqual([]);
  });
});
