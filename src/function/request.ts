import type { Resource, RunFunctionRequest } from '@crossplane-org/function-sdk-typescript';
import { isObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import type { Catalog } from '../catalog/index.ts';
import { ComposeError, type ComposeInput } from '../compose/types.ts';

/** Who a call is about; empty strings where unknown. */
export interface Identity {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
}

/**
 * The composite of a request.
 *
 * @throws ComposeError when there is none
 */
export function readComposite(request: RunFunctionRequest): KubeObject {
  return readObject(request.observed?.composite, 'the observed composite');
}

export function describeComposite({ apiVersion, kind, metadata }: KubeObject): Identity {
  return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? '' };
}

/**
 * What a composer is given of a request. Objects are handed on as decoded, so both layouts of a composite (with
 * `claimRef` in spec, and the newer one) reach the composer untouched.
 *
 * @throws ComposeError when an object of the request is not a Kubernetes object
 */
export function readInput(
  request: RunFunctionRequest,
  composite: KubeObject,
  catalog: Catalog,
  now: Date,
): ComposeInput {
  const observed = new Map<string, KubeObject>();
  for (const [name, resource] of Object.entries(request.observed?.resources ?? {})) {
    observed.set(name, readObject(resource, `the observed resource ${name}`));
  }
  const required = new Map<string, KubeObject[]>();
  for (const [name, { items }] of Object.entries(request.requiredResources)) {
    required.set(
      name,
      items.map(item => readObject(item, `the required resource ${name}`)),
    );
  }
  return { composite, observed, required, catalog, now };
}

function readObject(resource: Resource | undefined, what: string): KubeObject {
  const object: unknown = resource?.resource;
  if (isKubeObject(object)) return object;
  throw new ComposeError(
    'InvalidRequest',
    `cannot read ${what}: ${object === undefined ? 'the request has none' : 'it lacks apiVersion, kind or name'}`,
  );
}

function isKubeObject(value: unknown): value is KubeObject {
  return (
    isObject(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isObject(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}
