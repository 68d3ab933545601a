import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { hikubeCatalog, parseCatalog } from '../../catalog/index.ts';
import { planCluster } from '../index.ts';
import { NOTHING_OBSERVED } from '../observed.ts';

const problems = (requested: JsonObject, catalog = hikubeCatalog) =>
  planCluster({
    cluster: { namespace: 'acme', name: 'shop' },
    requested,
    observed: NOTHING_OBSERVED,
    catalog,
    now: new Date(0),
    reservations: { get: () => 'free' },
  }).problems.map(({ code, path }) => `${code} ${path}`);

const node = (more: JsonObject) => ({ nodeGroups: { web: { instanceType: 's1.large', ...more } } });
const WEB = 'spec.nodeGroups.web';

/** Every size a tenant writes: where it stands, what makes it, what is too little, both ends that are allowed, too much. */
const sizes: [string, (size: string) => JsonObject, string[], string[], string[]][] = [
  [
    `${WEB}.resources.cpu`,
    cpu => node({ resources: { cpu } }),
    ['0', '0.5', '1.5', '500m', '1k'],
    ['1', '256'],
    ['257', '9999999999999999'],
  ],
  [
    `${WEB}.resources.memory`,
    memory => node({ resources: { memory } }),
    ['0', '1', '1023Mi', '1G'],
    ['1Gi', '4Ti'],
    ['4097Gi', '9999Pi'],
  ],
  // No less than the node image unpacks to, which is a field of the catalogue.
  [
    `${WEB}.ephemeralStorage`,
    ephemeralStorage => node({ ephemeralStorage }),
    ['0', '1Mi', '19Gi'],
    ['20Gi', '16Ti'],
    ['17Ti'],
  ],
  [`${WEB}.ephemeralStorage`, size => node({ ephemeralStorage: { size } }), ['0'], ['20Gi', '16Ti'], ['1000000Pi']],
  ...['apiServer', 'controllerManager', 'scheduler'].flatMap(component => components(component)),
  [
    'spec.controlPlane.konnectivity.server.resources.cpu',
    cpu => ({ controlPlane: { konnectivity: { server: { resources: { cpu } } } } }),
    ['0'],
    ['50m', '64'],
    ['65'],
  ],
  [
    'spec.kamajiControlPlane.addons.konnectivity.server.resources.memory',
    memory => ({ kamajiControlPlane: { addons: { konnectivity: { server: { resources: { memory } } } } } }),
    ['1'],
    ['64Mi'],
    ['1Pi'],
  ],
];

function components(name: string): typeof sizes {
  return ['controlPlane', 'kamajiControlPlane'].flatMap((block): typeof sizes => [
    [
      `spec.${block}.${name}.resources.cpu`,
      cpu => ({ [block]: { [name]: { resources: { cpu } } } }),
      ['0', '0.0', '0m', '49m'],
      ['50m', '0.05', '64'],
      ['65', '1234567890123456'],
    ],
    [
      `spec.${block}.${name}.resources.memory`,
      memory => ({ [block]: { [name]: { resources: { memory } } } }),
      ['0', '1', '63Mi'],
      ['64Mi', '256Gi'],
      ['257Gi', '9Pi'],
    ],
  ]);
}

describe.each(sizes)('%s', (path, make, tooLittle, allowed, tooMuch) => {
  test.each([...tooLittle, ...tooMuch])('%s is refused with both ends of what is allowed', size => {
    expect(problems(make(size))).toEqual([`InvalidSize ${path}`]);
  });

  test.each(allowed)('%s is accepted', size => {
    expect(problems(make(size))).toEqual([]);
  });

  test('an empty size counts as not set (D16)', () => {
    expect(problems(make(''))).toEqual([]);
  });
});

test.each([
  { controlPlane: { replicas: 1e17 } },
  node({ minReplicas: 2 ** 53 }),
  node({ maxReplicas: Number.MAX_VALUE }),
])('a number that cannot be sent is refused, not rounded: %j', spec => {
  expect(problems(spec)).toEqual([expect.stringMatching(/^InvalidSize spec\..*[rR]eplicas$/)]);
});

test('the largest sizes are the catalogue’s', () => {
  const catalog = parseCatalog({
    apiVersion: 'fn.hikube.cloud/v1alpha1',
    kind: 'Catalog',
    limits: { ceilings: { nodeCpu: '4' } },
  });
  expect(problems(node({ resources: { cpu: '8' } }), catalog)).toEqual([`InvalidSize ${WEB}.resources.cpu`]);
});

test('a disk is as large as the node image of its version needs', () => {
  const catalog = parseCatalog({
    apiVersion: 'fn.hikube.cloud/v1alpha1',
    kind: 'Catalog',
    versions: { 'v1.36': { minDisk: '40Gi' } },
    defaultNodeDisk: '60Gi',
  });
  const asked = (version: string) => ({ ...node({ ephemeralStorage: '30Gi' }), version });
  expect(problems(asked('v1.36'), catalog)).toEqual([`InvalidSize ${WEB}.ephemeralStorage`]);
  expect(problems(asked('v1.35'), catalog)).toEqual([]);
});
