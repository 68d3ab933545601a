import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { at, type JsonObject, listAt, objectAt, stringAt } from '../../src/base/json.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';

const GROUP = { instanceType: 's1.large', minReplicas: 1 };
const GPUS = [{ name: 'nvidia.com/AD102GL_L40S' }];
const on = { enabled: true };

/** A claim in full readiness: what it was told and every object it made. */
function claimed(spec: JsonObject, metadata: JsonObject = {}) {
  const composites = simulate(
    {
      apiVersion: 'hikube.cloud/v1alpha1',
      kind: 'HikubeCluster',
      metadata: { name: 'demo', namespace: 'acme', ...metadata },
      spec,
    },
    hikubeCatalog,
  );
  const status = composites[0]?.output.status;
  const told = (list: string) =>
    listAt(status, list).map(entry => `${stringAt(entry, 'code')} at ${stringAt(entry, 'path')}`);
  const objects = composites.flatMap(appliedObjects);
  return { status, objects, problems: told('problems'), warnings: told('warnings') };
}

/** Specs of the machines of a claim's groups. */
const machinesOf = ({ objects }: ReturnType<typeof claimed>) =>
  objects
    .filter(({ kind }) => kind === 'KubevirtMachineTemplate')
    .map(object => objectAt(object, 'spec', 'template', 'spec', 'virtualMachineTemplate', 'spec'));

test.each(['web', 'ml', 'critical'])(
  'H10 the overview’s group in examples/seeds/%s.yaml is accepted as it stands',
  name => {
    const { spec } = parse(readFileSync(new URL(`../../examples/seeds/${name}.yaml`, import.meta.url), 'utf8'));
    for (const group of Object.values(objectAt(spec, 'nodeGroups'))) {
      expect(group).not.toHaveProperty('resources');
      expect(group).not.toHaveProperty('ephemeralStorage');
    }
    expect(claimed(spec).problems).toEqual([]);
  },
);

test('H37 a claim with the old block, empty overrides and no resources is accepted, and told of the block', () => {
  const part = { resourcesPreset: 'small', resources: {} };
  const { problems, warnings } = claimed({
    controlPlane: { replicas: 2 },
    kamajiControlPlane: {
      apiServer: part,
      controllerManager: part,
      scheduler: part,
      addons: { konnectivity: { server: part } },
    },
    nodeGroups: { general: { ...GROUP, maxReplicas: 5, ephemeralStorage: '50Gi', roles: ['ingress-nginx'] } },
    addons: {
      certManager: { ...on, valuesOverride: {} },
      ingressNginx: { ...on, hosts: ['demo.example.com'], valuesOverride: {} },
    },
  });
  expect(problems).toEqual([]);
  expect(warnings).toContain('LegacyField at spec.kamajiControlPlane');
});

describe('H38 claims like those of the API page', () => {
  const ml = (storageClass: string) =>
    claimed({
      storageClass,
      nodeGroups: { system: GROUP, gpu: { instanceType: 'u1.2xlarge', maxReplicas: 4, gpus: GPUS } },
      addons: { gpuOperator: on, monitoringAgents: { ...on, valuesOverride: { dcgmExporter: on } } },
    });

  test('for production and for development are accepted', () => {
    const production = claimed({
      host: 'api.shop.example.com',
      controlPlane: { replicas: 3, apiServer: { resourcesPreset: 'large' } },
      nodeGroups: { web: { ...GROUP, roles: ['ingress-nginx'] }, jobs: { instanceType: 'u1.4xlarge', roles: [] } },
      addons: {
        certManager: on,
        ingressNginx: { ...on, exposeMethod: 'Proxied', hosts: ['shop.example.com', 'www.shop.example.com'] },
        fluxcd: on,
        monitoringAgents: on,
      },
    });
    const development = claimed({
      controlPlane: { replicas: 1 },
      nodeGroups: { all: { ...GROUP, instanceType: 's1.medium', roles: ['ingress-nginx'] } },
      addons: { certManager: on, ingressNginx: { ...on, exposeMethod: 'LoadBalancer' } },
    });
    expect([production.problems, development.problems]).toEqual([[], []]);
  });

  test('for machine learning are refused for a class that is not offered, and for nothing else', () => {
    const { problems, status } = ml('fast-ssd');
    expect(problems).toEqual(['UnknownStorageClass at spec.storageClass']);
    const remedy = stringAt(status, 'problems', 0, 'remedy');
    for (const name of Object.keys(hikubeCatalog.storageClasses)) expect(remedy).toContain(name);
    expect(ml('replicated').problems).toEqual([]);
  });
});

test.each<JsonObject>([{}, { resources: {} }, { resources: { cpu: '', memory: '' } }])(
  'H39 machines of a group with %j have a size, which KubeVirt knows by the name of their type',
  more => {
    const machines = machinesOf(claimed({ nodeGroups: { web: { ...GROUP, ...more } } }));
    expect(machines).toHaveLength(3);
    for (const machine of machines) expect(stringAt(machine, 'instancetype', 'name')).toBe('s1.large');
  },
);

describe('H41 the size of an API server', () => {
  const sizeOf = (apiServer: JsonObject) => {
    const made = claimed({ controlPlane: { apiServer }, nodeGroups: { web: GROUP } });
    const controlPlane = made.objects.find(({ kind }) => kind === 'KamajiControlPlane');
    return at(controlPlane, 'spec', 'apiServer', 'resources', 'requests');
  };

  test.each([
    ['nano', '250m', '128Mi'],
    ['micro', '500m', '256Mi'],
    ['small', '1', '512Mi'],
    ['medium', '1', '1Gi'],
    ['large', '2', '2Gi'],
    ['xlarge', '4', '4Gi'],
    ['2xlarge', '8', '8Gi'],
  ])('is for the preset %s %s and %s', (resourcesPreset, cpu, memory) => {
    expect(sizeOf({ resourcesPreset })).toEqual({ cpu, memory });
  });

  test('is what resources say, whatever the preset', () => {
    expect(sizeOf({ resourcesPreset: 'nano', resources: { cpu: '3', memory: '5Gi' } })).toEqual({
      cpu: '3',
      memory: '5Gi',
    });
    expect(sizeOf({ resourcesPreset: 'nano', resources: { memory: '5Gi' } })).toEqual({ cpu: '250m', memory: '5Gi' });
  });
});

test('H64 ingress is exposed in two ways, and any other is refused', () => {
  const problems = (exposeMethod: string) =>
    claimed({
      nodeGroups: { web: { ...GROUP, roles: ['ingress-nginx'] } },
      addons: { ingressNginx: { ...on, exposeMethod, hosts: ['www.example.com'] } },
    }).problems;
  for (const method of ['Proxied', 'LoadBalancer']) expect(problems(method)).toEqual([]);
  for (const method of ['NodePort', 'ClusterIP', 'proxied', ''])
    expect(problems(method)).toEqual(['InvalidField at spec.addons.ingressNginx.exposeMethod']);
});

test('H85 labels of a claim change nothing of what is made', () => {
  const spec = { nodeGroups: { web: GROUP, gpu: { instanceType: 'u1.2xlarge', gpus: GPUS } }, addons: { fluxcd: on } };
  const labels = { environment: 'staging', team: 'web', criticality: 'high', 'auto-cleanup': '7d' };
  const [plain, labelled] = [claimed(spec), claimed(spec, { labels })];
  expect(plain.objects.length).toBeGreaterThan(30);
  expect(labelled.objects).toEqual(plain.objects);
  expect(labelled.status).toEqual(plain.status);
  expect(JSON.stringify(labelled.objects).includes('auto-cleanup')).toBe(false);
});
