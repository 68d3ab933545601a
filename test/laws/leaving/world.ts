import { API_VERSION, type CompositeKind } from '../../../src/api/group.ts';
import { type JsonObject, objectAt } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { hikubeCatalog } from '../../../src/catalog/index.ts';
import { composers } from '../../../src/compose/index.ts';
import { leavingByName } from '../../../src/compose/leaving.ts';
import type { ComposeInput, ComposeOutput } from '../../../src/compose/types.ts';
import { withReadyStatus } from '../../../src/readiness/index.ts';
import { type SimulatedComposite, simulate } from '../../../src/simulate/index.ts';

const CLAIM: KubeObject = {
  apiVersion: API_VERSION,
  kind: 'HikubeCluster',
  metadata: { name: 'shop', namespace: 'acme' },
  spec: {
    host: 'api.example.com',
    nodeGroups: {
      web: { instanceType: 's1.large', minReplicas: 3, maxReplicas: 6, roles: ['ingress-nginx'] },
      ml: { instanceType: 'u1.4xlarge', maxReplicas: 2, gpus: [{ name: 'nvidia.com/L40S' }] },
    },
    addons: {
      certManager: { enabled: true },
      velero: { enabled: true },
      ingressNginx: { enabled: true, exposeMethod: 'Proxied', hosts: ['www.example.com'] },
    },
  },
};
const PLATFORM: KubeObject = {
  apiVersion: API_VERSION,
  kind: 'HikubePlatform',
  metadata: { name: 'default' },
  spec: {},
};

/** Every composite of a cluster and of a platform, once all is ready. */
export const READY: readonly SimulatedComposite[] = [CLAIM, PLATFORM].flatMap(object =>
  simulate(object, hikubeCatalog),
);

/** What the function last saw of a composite in full readiness; of the node groups, the group web. */
export function readyInput(kind: CompositeKind): ComposeInput {
  const found = READY.find(composite => composite.kind === kind && group(composite) !== 'ml');
  if (!found) throw new Error(`cannot find a ${kind}: none was simulated`);
  return found.input;
}

function group({ input }: SimulatedComposite): unknown {
  return objectAt(input.composite, 'spec').group;
}

/** The answer of the function; with a part, of one that forgets it. */
export function compose(kind: CompositeKind, input: ComposeInput, forgets?: string): ComposeOutput {
  return leavingByName(given => {
    const output = composers[kind](given);
    return { ...output, desired: new Map([...output.desired].filter(([part]) => part !== forgets)) };
  })(input);
}

/** The same composite with other fields in its spec; undefined takes one out. */
export function withSpec(input: ComposeInput, fields: Record<string, JsonObject[string]>): ComposeInput {
  const spec = Object.entries({ ...objectAt(input.composite, 'spec'), ...fields });
  const present = Object.fromEntries(spec.filter(([, value]) => value !== undefined));
  return { ...input, composite: { ...input.composite, spec: present } };
}

/** The same with some observed objects changed: fields of spec and status over what they are. */
export function withObserved(
  input: ComposeInput,
  part: string | RegExp,
  change: { spec?: JsonObject; status?: JsonObject; metadata?: JsonObject },
): ComposeInput {
  const parts = [...input.observed.keys()].filter(name => (typeof part === 'string' ? name === part : part.test(name)));
  if (parts.length === 0) throw new Error(`cannot change ${part}: it is not observed`);
  const observed = new Map(input.observed);
  for (const name of parts) {
    const object = observed.get(name);
    if (!object) continue;
    observed.set(name, {
      ...object,
      metadata: { ...object.metadata, ...change.metadata },
      spec: { ...objectAt(object, 'spec'), ...change.spec },
      status: { ...objectAt(object, 'status'), ...change.status },
    });
  }
  return { ...input, observed };
}

/** The same with some objects not seen. */
export function without(input: ComposeInput, part: string): ComposeInput {
  return { ...input, observed: new Map([...input.observed].filter(([name]) => name !== part)) };
}

/** The same part with releases it is to have no more. */
export function withoutReleases(input: ComposeInput, ...names: string[]): ComposeInput {
  const releases = Object.entries(objectAt(input.composite, 'spec', 'releases'));
  return withSpec(input, { releases: Object.fromEntries(releases.filter(([name]) => !names.includes(name))) });
}

/** What is observed after Crossplane has carried an answer out and everything has become ready again. */
export function carriedOut(input: ComposeInput, { desired, status }: ComposeOutput): ComposeInput {
  const observed = [...desired].map(([part, { object }]): [string, KubeObject] => {
    const before = input.observed.get(part)?.metadata;
    const known = { uid: before?.uid, ownerReferences: before?.ownerReferences, generation: before?.generation ?? 1 };
    const metadata = { ...object.metadata, ...known };
    const next: KubeObject = { ...object, metadata, status: objectAt(input.observed.get(part), 'status') };
    return [part, object.kind.startsWith('Hikube') ? next : withReadyStatus(next)];
  });
  return { ...input, composite: { ...input.composite, status }, observed: new Map(observed) };
}
