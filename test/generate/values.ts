import fc from 'fast-check';
import type { Json } from '../../src/base/json.ts';
import type { Catalog } from '../../src/catalog/index.ts';
import { inRange } from '../../src/catalog/minor.ts';
import type { Values } from './from-schema.ts';

/** Stands for the platform's suffix with the tenant's namespace in host names; the claim puts them in. */
export const OWN_DOMAIN = 'own.invalid';

/** What the catalogue and Kubernetes allow at the places of a claim's spec where the schema alone is too wide. */
export function valuesOf(catalog: Catalog): Values {
  const zone = fc.constantFrom(...catalog.zones);
  const classes = fc.constantFrom(...Object.keys(catalog.storageClasses));
  return {
    version: versionOf(catalog),
    host: fc.oneof(fc.constant(''), host(catalog)),
    storageClass: classes,
    zones: fc.uniqueArray(zone, { minLength: 1, maxLength: catalog.zones.length, size: 'max' }),
    ...componentSizes('controlPlane', 'konnectivity.server'),
    ...componentSizes('kamajiControlPlane', 'addons.konnectivity.server'),
    'nodeGroups.<name>': groupName,
    // As many as sixteen groups may have beside their replacements, with the Pod addresses there are.
    'nodeGroups.*.minReplicas': fc.integer({ min: 0, max: 7 }),
    'nodeGroups.*.maxReplicas': fc.integer({ min: 0, max: 12 }),
    'nodeGroups.*.instanceType': fc.constantFrom(...Object.keys(catalog.instanceTypes)),
    'nodeGroups.*.ephemeralStorage': fc.oneof(disk, fc.record({ size: disk }, { noNullPrototype: true })),
    'nodeGroups.*.roles': fc.uniqueArray(fc.oneof(fc.constantFrom('ingress-nginx', 'monitoring'), labelName), {
      maxLength: 3,
    }),
    'nodeGroups.*.resources.cpu': fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 64 }).map(String)),
    'nodeGroups.*.resources.memory': fc.oneof(fc.constant(''), quantity(2, 256, 'Gi')),
    'nodeGroups.*.gpus': gpus(catalog),
    'nodeGroups.*.storageClass': fc.oneof(fc.constant(''), classes),
    'nodeGroups.*.zones': fc.uniqueArray(zone, { maxLength: catalog.zones.length, minLength: 1, size: 'max' }),
    'nodeGroups.*.labels': fc.dictionary(labelKey, labelValue, { maxKeys: 4, noNullPrototype: true }),
    'nodeGroups.*.taints': taints,
    'addons.ingressNginx.hosts': fc.uniqueArray(ingressHost(catalog), { maxLength: 5 }),
  };
}

const labelName = fc.stringMatching(/^[A-Za-z0-9][-A-Za-z0-9_.]{0,28}[A-Za-z0-9]$/);
const labelValue = fc.oneof(fc.constant(''), labelName);
const ownKey = fc.oneof(
  labelName,
  labelName.map(name => `example.com/${name}`),
);
/** Kubelets may label themselves under this domain; taints there are the cluster's own. */
const labelKey = fc.oneof(
  ownKey,
  labelName.map(name => `node.kubernetes.io/${name}`),
);
const disk = quantity(20, 500, 'Gi');

/** Legal names, with those that every JavaScript object has and those of our own parts. */
const groupName = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.constantFrom('constructor', 'valueof', 'etcd', 'addons', 'control-plane', 'a') },
);

/** The key and effect of a taint name it: a node with one twice never joins. */
const taints = fc.uniqueArray(
  fc.record(
    { key: ownKey, value: labelValue, effect: fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute') },
    { requiredKeys: ['key', 'effect'], noNullPrototype: true },
  ),
  { maxLength: 3, selector: taint => `${taint.key} ${taint.effect}` },
);

function quantity(min: number, max: number, unit: string): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(count => `${count}${unit}`);
}

/** Minors a new cluster can have: those that the platform's Cluster API manages. */
export function offeredVersions({ versions, platform }: Catalog): string[] {
  return Object.keys(versions).filter(minor => inRange(minor, platform.clusterApi));
}

/** `v1.36`, `1.36` and with any patch. */
function versionOf(catalog: Catalog): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...offeredVersions(catalog).flatMap(minor => [
      minor,
      minor.slice(1),
      catalog.versions[minor]?.patch ?? minor,
      `${minor}.99`,
    ]),
  );
}

function componentSizes(block: string, tunnel: string): Values {
  const places = ['apiServer', 'controllerManager', 'scheduler', tunnel].map(part => `${block}.${part}.resources`);
  const cpu = fc.oneof(fc.constant(''), quantity(250, 8000, 'm'), fc.integer({ min: 1, max: 8 }).map(String));
  const memory = fc.oneof(fc.constant(''), quantity(512, 16_384, 'Mi'), quantity(1, 16, 'Gi'));
  return Object.fromEntries(
    places.flatMap(place => [
      [`${place}.cpu`, cpu],
      [`${place}.memory`, memory],
    ]),
  );
}

/** One model a group, each GPU under any of its names. */
function gpus(catalog: Catalog): fc.Arbitrary<Json> {
  const entry = (names: string[]) => fc.record({ name: fc.constantFrom(...names) }, { noNullPrototype: true });
  return fc
    .constantFrom(...catalog.gpus)
    .chain(({ device, aliases }) => fc.array(entry([device, ...aliases]), { maxLength: 8 }));
}

function host({ domain }: Catalog): fc.Arbitrary<string> {
  const suffixes = domain.allowed.length > 0 ? domain.allowed : ['example.com', 'shop.example.org'];
  const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
  return fc
    .tuple(label, fc.constantFrom(...suffixes, OWN_DOMAIN), fc.boolean())
    .map(([name, suffix, shout]) => (shout ? `${name}.${suffix}`.toUpperCase() : `${name}.${suffix}`));
}

function ingressHost(catalog: Catalog): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: host(catalog) },
    host(catalog).map(name => `*.${name}`),
  );
}
