import { createHash } from 'node:crypto';
import { API_VERSION, CLAIM_KIND, type CompositeKind, KINDS } from '../api/group.ts';
import { objectAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import type { Catalog } from '../catalog/index.ts';
import { composers } from '../compose/index.ts';
import type { ComposeInput, ComposeOutput, Requirement } from '../compose/types.ts';
import { withReadyStatus } from '../readiness/index.ts';

/** A composite as it is once everything is ready: what the function last saw and what it answered. */
export interface SimulatedComposite {
  kind: CompositeKind;
  input: ComposeInput;
  output: ComposeOutput;
  /** Composites among the desired objects, by composition resource name. */
  children: Map<string, SimulatedComposite>;
}

/** Stands for the random suffix Crossplane gives the composite of a claim; it enters no other name and no hash. */
export const SUFFIX_PLACEHOLDER = 'xxxxx';

/**
 * Plays Crossplane and the platform for one claim or platform object until nothing changes any more: every composed
 * object is applied and ready, every child is composed in its turn, and required objects are found once composed.
 *
 * @returns the composite itself, then everything below it, parents first
 */
export function simulate(object: KubeObject, catalog: Catalog): SimulatedComposite[] {
  const composite = object.kind === CLAIM_KIND ? compositeOf(object) : observed(object);
  return flatten(settle(composite, catalog, new Map()));
}

/** More rounds than any claim needs: each gate of the cluster opens in a round of its own. */
const MAX_ROUNDS = 20;
/** Nothing rendered depends on the time. */
const NOW = new Date('2000-01-01T00:00:00Z');

function settle(first: KubeObject, catalog: Catalog, known: Map<string, SimulatedComposite>): SimulatedComposite {
  const kind = compositeKind(first);
  if (!kind) throw new Error(`cannot simulate ${first.kind} ${first.metadata.name}: it is not a composite of Hikube`);
  const cached = known.get(JSON.stringify(first));
  if (cached) return cached;

  let input: ComposeInput = { composite: first, observed: new Map(), required: new Map(), catalog, now: NOW };
  let text = textOf(input);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const output = composers[kind](input);
    const children = new Map<string, SimulatedComposite>();
    const seen = new Map<string, KubeObject>();
    for (const [name, { object }] of output.desired) {
      const applied = observed(object, input.composite, name);
      const child = compositeKind(object) ? settle(applied, catalog, known) : undefined;
      if (child) children.set(name, child);
      seen.set(name, child ? asObserved(child) : withReadyStatus(applied));
    }
    const next: ComposeInput = {
      ...input,
      composite: { ...input.composite, status: output.status },
      observed: seen,
      required: new Map([...output.requirements].map(([name, wanted]) => [name, matching(seen, wanted)])),
    };
    const nextText = textOf(next);
    if (nextText === text) {
      const settled = { kind, input, output, children };
      known.set(JSON.stringify(first), settled);
      return settled;
    }
    input = next;
    text = nextText;
  }
  throw new Error(`cannot simulate ${first.kind} ${first.metadata.name}: it does not settle in ${MAX_ROUNDS} rounds`);
}

/** The composite Crossplane makes of a claim. */
function compositeOf(claim: KubeObject): KubeObject {
  const { name, namespace = 'default', labels = {} } = claim.metadata;
  return observed({
    apiVersion: API_VERSION,
    kind: KINDS.cluster,
    metadata: {
      name: `${name}-${SUFFIX_PLACEHOLDER}`,
      labels: { ...labels, 'crossplane.io/claim-name': name, 'crossplane.io/claim-namespace': namespace },
    },
    spec: {
      ...objectAt(claim, 'spec'),
      claimRef: { apiVersion: API_VERSION, kind: CLAIM_KIND, namespace, name },
    },
  });
}

/** An object as the API server returns it after Crossplane applied it. */
function observed(object: KubeObject, owner?: KubeObject, resourceName?: string): KubeObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: uidOf(object),
      generation: 1,
      creationTimestamp: NOW.toISOString(),
      ...(resourceName && {
        annotations: { ...metadata.annotations, 'crossplane.io/composition-resource-name': resourceName },
      }),
      ...(owner && {
        labels: { ...metadata.labels, 'crossplane.io/composite': owner.metadata.name },
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: uidOf(owner),
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      }),
    },
  };
}

/** A child with the status its composer gave it; Crossplane adds conditions once everything below is ready. */
function asObserved({ input, output }: SimulatedComposite): KubeObject {
  const ready = output.ready ?? [...output.desired.values()].every(desired => desired.ready);
  const status = ready ? objectAt(withReadyStatus(input.composite), 'status') : {};
  return { ...input.composite, status: { ...output.status, ...status } };
}

function matching(seen: ReadonlyMap<string, KubeObject>, wanted: Requirement): KubeObject[] {
  return [...seen.values()].filter(
    object =>
      object.apiVersion === wanted.apiVersion &&
      object.kind === wanted.kind &&
      (wanted.matchLabels
        ? Object.entries(wanted.matchLabels).every(([key, value]) => object.metadata.labels?.[key] === value)
        : object.metadata.name === wanted.name) &&
      object.metadata.namespace === wanted.namespace,
  );
}

/** Inputs that read the same get the same answer. */
function textOf({ composite, observed: seen, required }: ComposeInput): string {
  return JSON.stringify([composite, [...seen], [...required]]);
}

function compositeKind(object: KubeObject): CompositeKind | undefined {
  return object.apiVersion === API_VERSION ? Object.values(KINDS).find(kind => kind === object.kind) : undefined;
}

/** A uid as the API server would draw one, but the same every time. */
function uidOf({ kind, metadata }: KubeObject): string {
  const hex = createHash('sha256').update(`${kind}/${metadata.namespace}/${metadata.name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function flatten(composite: SimulatedComposite): SimulatedComposite[] {
  return [composite, ...[...composite.children.values()].flatMap(flatten)];
}
