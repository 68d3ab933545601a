import {
  Ready,
  type Resource,
  RunFunctionRequest,
  RunFunctionResponse,
  Severity,
} from '@crossplane-org/function-sdk-typescript';
import type { JsonObject } from '../../base/json.ts';
import { createFunction, type FunctionParts } from '../function.ts';

/** What a request may say beside its composite. */
export interface RequestParts {
  tag?: string;
  /** Observed objects by composition resource name. */
  observed?: Record<string, JsonObject>;
  required?: Record<string, JsonObject[]>;
  /** What earlier steps wrote. */
  desired?: { composite?: Partial<Resource>; resources?: Record<string, Partial<Resource>> } | undefined;
  input?: JsonObject;
  context?: JsonObject | undefined;
}

/** A composite of the top kind. */
export function composite(spec: JsonObject = {}, over: JsonObject = {}): JsonObject {
  return { apiVersion: 'hikube.cloud/v1alpha1', kind: 'XHikubeCluster', metadata: { name: 'demo-x1' }, spec, ...over };
}

/** A request about a composite, with whatever else is given. */
export function requestOf(
  resource: JsonObject | undefined,
  { tag = 'tag-1', observed = {}, required = {}, desired, input, context }: RequestParts = {},
): RunFunctionRequest {
  return {
    meta: { tag, capabilities: [] },
    observed: {
      composite: resource && complete({ resource }),
      resources: mapValues(observed, object => complete({ resource: object })),
    },
    desired: desired && {
      composite: desired.composite && complete(desired.composite),
      resources: mapValues(desired.resources ?? {}, complete),
    },
    input,
    context,
    requiredResources: mapValues(required, items => ({ items: items.map(item => complete({ resource: item })) })),
    requiredSchemas: {},
    extraResources: {},
    credentials: {},
  };
}

/** Runs a request through the function as bytes, both ways by the SDK's codec. */
export function call(parts: FunctionParts, request: RunFunctionRequest): RunFunctionResponse {
  const run = createFunction(parts);
  return RunFunctionResponse.decode(run(RunFunctionRequest.encode(request).finish()));
}

/** Reason and message of the one FATAL result of a response. */
export function fatalOf({ results }: RunFunctionResponse): { reason: string | undefined; message: string } {
  const [result] = results;
  if (results.length !== 1 || result?.severity !== Severity.SEVERITY_FATAL) {
    throw new Error(`expected one FATAL result, got ${JSON.stringify(results)}`);
  }
  return { reason: result.reason, message: result.message };
}

/** An object of that many objects within one another. */
export function nested(levels: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}

function complete(resource: Partial<Resource>): Resource {
  return { resource: undefined, connectionDetails: {}, ready: Ready.READY_UNSPECIFIED, ...resource };
}

function mapValues<In, Out>(values: Record<string, In>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
