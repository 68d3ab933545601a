import { API_VERSION } from '../../../api/group.ts';
import { type JsonObject, objectAt } from '../../../base/json.ts';
import type { KubeObject } from '../../../base/object.ts';
import { hikubeCatalog } from '../../../catalog/index.ts';
import { withReadyStatus } from '../../../readiness/index.ts';
import { composers } from '../../index.ts';
import type { ComposeInput } from '../../types.ts';

export const WEB = { minReplicas: 2, maxReplicas: 10, instanceType: 's1.large', roles: ['ingress-nginx'] };
/** A claim with a plain group and one of GPUs. */
export const SPEC: JsonObject = {
  version: 'v1.34',
  nodeGroups: { web: WEB, ml: { instanceType: 'u1.2xlarge', gpus: [{ name: 'nvidia.com/L40S' }] } },
};

/** What Crossplane answers when it finds no reservation of any name. */

/** The composite of claim shop in namespace acme. */
export const composite = (spec: JsonObject): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'XHikubeCluster',
  metadata: { name: 'shop-x7k2p', uid: 'uid-1' },
  spec: { ...spec, claimRef: { apiVersion: API_VERSION, kind: 'HikubeCluster', namespace: 'acme', name: 'shop' } },
});
/**
 * Composes that claim over what is observed, with what Crossplane finds of what the function asks to see.
 *
 * @param found host reservations that exist; none unless a test names some
 */
export const compose = (
  spec: JsonObject,
  observed: ComposeInput['observed'] = new Map(),
  { found = [], ...more }: Partial<ComposeInput> & { found?: readonly KubeObject[] } = {},
) => {
  const input = { composite: composite(spec), observed, catalog: hikubeCatalog, now: new Date(0), ...more };
  const { requirements } = composers.XHikubeCluster({ required: new Map(), ...input });
  const answers = [...requirements].map(([key, { name }]): [string, KubeObject[]] => [
    key,
    found.filter(({ metadata }) => metadata.name === name),
  ]);
  return composers.XHikubeCluster({ required: new Map(answers), ...input });
};

/** Statuses children report once they run. */
export const STATUS: Record<string, JsonObject> = {
  HikubeControlPlane: {
    version: hikubeCatalog.versions['v1.34']?.patch ?? '',
    initialized: true,
    reachable: true,
    hostsAt: 1,
    readyReplicas: 3,
  },
  HikubeNodePool: {
    zones: { geneva: { desired: 1 }, lucerne: { desired: 1 }, gland: { desired: 0 } },
    desired: 2,
    ready: 2,
  },
};

/** What Crossplane would observe next: everything desired, ready. */
export function observe(desired: ReturnType<typeof compose>['desired'], ready = true): Map<string, KubeObject> {
  return new Map(
    [...desired].map(([name, { object }]) => {
      const known = {
        ...object,
        metadata: {
          ...object.metadata,
          generation: 1,
          uid: `uid-${name}`,
          ownerReferences: [{ uid: 'uid-1', controller: true }],
        },
      };
      const stood: KubeObject = ready ? withReadyStatus(known) : known;
      return [name, { ...stood, status: { ...objectAt(stood, 'status'), ...(ready ? STATUS[object.kind] : {}) } }];
    }),
  );
}

/** Composes until nothing new appears: a cluster in full readiness. */
export function standing(spec: JsonObject): Map<string, KubeObject> {
  let observed = new Map<string, KubeObject>();
  for (let round = 0; round < 8; round++) observed = observe(compose(spec, observed).desired);
  return observed;
}

export const keys = (map: ReadonlyMap<string, unknown>) => [...map.keys()].sort();
export const specs = (desired: ReturnType<typeof compose>['desired']) =>
  Object.fromEntries([...desired].map(([name, { object }]) => [name, object.spec]));
export const condition = (output: ReturnType<typeof compose>, type: string) =>
  output.conditions.find(entry => entry.type === type);
