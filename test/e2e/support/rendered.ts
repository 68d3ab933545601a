import { expect } from 'vitest';
import { PART_KINDS } from '../../../src/api/group.ts';
import { isObject } from '../../../src/base/json.ts';
import type { KubeObject as Rendered } from '../../../src/base/object.ts';
import { hikubeCatalog } from '../../../src/catalog/index.ts';
import { appliedObjects } from '../../../src/simulate/applied.ts';
import { simulate } from '../../../src/simulate/index.ts';
import type { Kube } from '../../region/kube.ts';
import type { GVK, KubeObject } from '../../region/kube-types.ts';
import { at, list, text } from './read.ts';
import { untilHolds } from './wait.ts';

/** Kinds whose composed objects make up a claim, the composite itself aside. */
const CHILDREN: string[] = Object.values(PART_KINDS);

/**
 * Waits until `hikube render` prints for a claim what Crossplane composed for it: a controller may be about to write a
 * reference, or for a moment what is its own.
 */
export async function untilAsRendered(kube: Kube, claim: KubeObject): Promise<void> {
  await untilHolds(
    `what is composed for ${claim.metadata.namespace}/${claim.metadata.name} to be what is rendered`,
    () => renderDifferences(kube, claim),
    differences => expect(differences).toEqual([]),
  );
}

/**
 * How what `hikube render` prints for a claim differs from what Crossplane composed for it: objects one side alone
 * has, and rendered fields that are not so in the region. Fields the API server or a controller adds are no difference.
 */
async function renderDifferences(kube: Kube, claim: KubeObject): Promise<string[]> {
  const { name, namespace = 'default' } = claim.metadata;
  const asked = {
    apiVersion: claim.apiVersion,
    kind: claim.kind,
    metadata: { name, namespace },
    spec: JSON.parse(JSON.stringify(claim.spec)),
  };
  const rendered = simulate(asked, hikubeCatalog).flatMap(appliedObjects);
  const composed = await composedRefs(kube, claim);
  const wanted = rendered.map(idOf);
  const differences = [
    ...wanted.filter(id => !composed.includes(id)).map(id => `${id} is rendered but not composed`),
    ...composed.filter(id => !wanted.includes(id)).map(id => `${id} is composed but not rendered`),
  ];
  for (const object of rendered) {
    const live = await kube.get(gvkOf(object), object.metadata.name, object.metadata.namespace);
    if (live) differences.push(...missing(withoutMachinery(object), live, idOf(object)));
  }
  return differences;
}

/** Ids of everything composed for a claim, by the references Crossplane keeps in the composite and its children. */
async function composedRefs(kube: Kube, claim: KubeObject): Promise<string[]> {
  const { name, namespace } = claim.metadata;
  const live = await kube.get('hikube.cloud/v1alpha1/HikubeCluster', name, namespace);
  const composite = await kube.get(
    'hikube.cloud/v1alpha1/XHikubeCluster',
    text(live, 'spec', 'resourceRef', 'name') ?? '',
  );
  const refs = refsOf(list(composite, 'spec', 'resourceRefs'), undefined);
  for (const kind of CHILDREN) {
    const children = await kube.list(`hikube.cloud/v1alpha1/${kind}`, { namespace });
    for (const child of children.filter(entry => text(entry, 'spec', 'cluster') === name)) {
      refs.push(...refsOf(list(child, 'spec', 'crossplane', 'resourceRefs'), namespace));
    }
  }
  return refs;
}

function refsOf(refs: unknown[], namespace: string | undefined): string[] {
  return refs.map(ref =>
    id(
      text(ref, 'apiVersion') ?? '',
      text(ref, 'kind') ?? '',
      text(ref, 'namespace') ?? namespace,
      text(ref, 'name') ?? '',
    ),
  );
}

/** Rendered values that the live object does not have; lists must match whole. */
function missing(rendered: unknown, live: unknown, path: string): string[] {
  if (isObject(rendered)) {
    return Object.entries(rendered).flatMap(([key, value]) => missing(value, at(live, key), `${path}.${key}`));
  }
  if (Array.isArray(rendered)) {
    const count = Array.isArray(live) ? live.length : 0;
    if (count !== rendered.length) return [`${path} has ${count} entries instead of ${rendered.length}`];
    return rendered.flatMap((value, index) => missing(value, at(live, index), `${path}[${index}]`));
  }
  return rendered === live ? [] : [`${path} is ${JSON.stringify(live)} instead of ${JSON.stringify(rendered)}`];
}

function withoutMachinery({ apiVersion: _, kind: __, ...object }: Rendered): object {
  return object;
}

function idOf(object: Rendered): string {
  return id(object.apiVersion, object.kind, object.metadata.namespace, object.metadata.name);
}

function id(apiVersion: string, kind: string, namespace: string | undefined, name: string): string {
  return `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
}

function gvkOf(object: Rendered): GVK {
  return `${object.apiVersion}/${object.kind}`;
}
