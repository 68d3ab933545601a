import { KINDS } from '../../src/api/group.ts';
import type { JsonObject } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { type Case, casesOf } from './cases.ts';

/** A case for each kind of composite the dearest claim comes to. */
export function dearestCases(): Case[] {
  const cases = casesOf(dearestClaim());
  const kinds: string[] = [KINDS.cluster, KINDS.controlPlane, KINDS.nodePool, KINDS.addons];
  return kinds.flatMap(kind => cases.find(one => one.kind === kind) ?? []);
}

/**
 * The claim that costs the function most of those the default limits let through: every node group with all it may
 * have, names as long as they may be, every add-on, and overrides of small maps up to the last value allowed. What an
 * entry costs is its name and the objects made for it, hardly its length (docs/benchmarks.md).
 *
 * @param more values beyond the limit
 */
export function dearestClaim(more = 0): KubeObject {
  const { values } = hikubeCatalog.limits.overrides;
  const each = Math.floor(values / ADDONS.length);
  const rest = values - each * ADDONS.length + more;
  const addons = ADDONS.map((addon, index) => [addon, addonOf(addon, each + (index === 0 ? rest : 0))]);
  return {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeCluster',
    metadata: { name: 'dearest', namespace: 'acme' },
    spec: {
      nodeGroups: Object.fromEntries(numbered(16, index => [`node-group-number-${index}`, group])),
      addons: { ...Object.fromEntries(addons), gatewayAPI: { enabled: true } },
    },
  };
}

const SWITCHED = ['certManager', 'fluxcd', 'gpuOperator', 'ingressNginx', 'velero'];
const ADDONS = [...SWITCHED, 'cilium', 'coredns', 'verticalPodAutoscaler'];

const group: JsonObject = {
  instanceType: 's1.large',
  minReplicas: 3,
  maxReplicas: 9,
  gpus: numbered(8, () => ({ name: 'nvidia.com/L40S' })),
  roles: numbered(16, index => `role-${index}`),
  labels: Object.fromEntries(numbered(32, index => [`example.com/l${index}`, 'vvvv'])),
  taints: numbered(16, index => ({ key: key(index), value: 'v'.repeat(63), effect: 'NoSchedule' })),
};

function addonOf(name: string, values: number): JsonObject {
  const valuesOverride = Object.fromEntries(numbered(values, index => [`value-${index}`, {}]));
  if (name === 'ingressNginx') {
    return { enabled: true, hosts: numbered(16, index => `h${index}.example.org`), valuesOverride };
  }
  return { ...(SWITCHED.includes(name) ? { enabled: true } : {}), valuesOverride };
}

/** A taint key about as long as one may be. */
function key(index: number): string {
  return `${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.example/${'n'.repeat(60)}${index}`;
}

function numbered<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
