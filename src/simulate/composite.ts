import { API_VERSION, CLAIM_KIND, type CompositeKind, KINDS } from '../api/group.ts';
import { type JsonObject, objectAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';

/** Stands for the random suffix Crossplane gives the composite of a claim; it enters no other name and no hash. */
export const SUFFIX_PLACEHOLDER = 'xxxxx';

/** The kind of a composite of ours; undefined for every other object. */
export function compositeKind({ apiVersion, kind }: KubeObject): CompositeKind | undefined {
  return apiVersion === API_VERSION ? Object.values(KINDS).find(known => known === kind) : undefined;
}

/**
 * The composite that stands for a written object: what Crossplane makes of a claim, or the object itself where there
 * is no claim. One that exists stays who it is and gets the spec that is written now.
 */
export function compositeOf(written: KubeObject, existing: readonly KubeObject[]): KubeObject {
  if (written.kind !== CLAIM_KIND) return written;
  const known = existing.find(object => compositeKind(object) === KINDS.cluster && isOf(object, written));
  return known ? { ...known, spec: { ...machineryOf(known), ...specOf(written) } } : made(written);
}

function made(claim: KubeObject): KubeObject {
  const { name, namespace = DEFAULT_NAMESPACE, labels = {} } = claim.metadata;
  return {
    apiVersion: API_VERSION,
    kind: KINDS.cluster,
    metadata: {
      name: `${name}-${SUFFIX_PLACEHOLDER}`,
      labels: { ...labels, 'crossplane.io/claim-name': name, 'crossplane.io/claim-namespace': namespace },
    },
    spec: specOf(claim),
  };
}

function isOf(composite: KubeObject, { metadata }: KubeObject): boolean {
  const { name, namespace = DEFAULT_NAMESPACE } = metadata;
  const claim = objectAt(composite, 'spec', 'claimRef');
  return stringAt(claim, 'name') === name && stringAt(claim, 'namespace') === namespace;
}

function specOf(claim: KubeObject): JsonObject {
  const { name, namespace = DEFAULT_NAMESPACE } = claim.metadata;
  return {
    ...objectAt(claim, 'spec'),
    claimRef: { apiVersion: API_VERSION, kind: CLAIM_KIND, namespace, name },
  };
}

/** What Crossplane has recorded in the spec; the rest of it is the claim's. */
function machineryOf({ spec }: KubeObject): JsonObject {
  const { resourceRefs } = objectAt(spec);
  return resourceRefs === undefined ? {} : { resourceRefs };
}

const DEFAULT_NAMESPACE = 'default';
