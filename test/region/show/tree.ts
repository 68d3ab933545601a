import { at, condition, list, obj, str } from '../json.ts';
import { type GVK, type Kube, type KubeObject, kindOf } from '../kube.ts';

/** A claim with everything composed under it, one line an object with its readiness. */
export async function describeTree(kube: Kube, claim: KubeObject): Promise<string> {
  const { name, namespace } = claim.metadata;
  const current = await kube.get(kindOf(claim), name, namespace);
  if (!current) return `${claim.kind} ${name} is gone`;
  const ref = obj(at(current, 'spec', 'resourceRef'));
  const xr = await read(kube, ref, undefined);
  const lines = [label(current), ...(xr ? await branch(kube, xr, '') : [])];
  return lines.join('\n');
}

async function branch(kube: Kube, object: KubeObject, indent: string, last = true): Promise<string[]> {
  const refs = [
    ...list(at(object, 'spec', 'resourceRefs')),
    ...list(at(object, 'spec', 'crossplane', 'resourceRefs')),
  ].map(obj);
  const children = await Promise.all(refs.map(ref => read(kube, ref, object.metadata.namespace)));
  const found = children.filter(child => child !== undefined).sort((a, b) => label(a).localeCompare(label(b), 'en'));
  const inner = await Promise.all(
    found.map((child, i) => branch(kube, child, `${indent}${last ? '   ' : '│  '}`, i === found.length - 1)),
  );
  return [`${indent}${last ? '└─ ' : '├─ '}${label(object)}`, ...inner.flat()];
}

async function read(
  kube: Kube,
  ref: Record<string, unknown>,
  parentNamespace: string | undefined,
): Promise<KubeObject | undefined> {
  const [apiVersion, kind, name] = [str(ref.apiVersion), str(ref.kind), str(ref.name)];
  if (!apiVersion || !kind || !name) return undefined;
  const gvk: GVK = `${apiVersion}/${kind}`;
  const { namespaced } = await kube.resource(gvk);
  return kube.get(gvk, name, namespaced ? (str(ref.namespace) ?? parentNamespace) : undefined);
}

function label(object: KubeObject): string {
  const state = condition(object, 'Ready') ?? condition(object, 'Available');
  const readiness = state ? (state.status === 'True' ? '  ready' : `  ${state.reason || 'not ready'}`) : '';
  return `${object.kind} ${object.metadata.name}${readiness}`;
}
