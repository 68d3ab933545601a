import { readFile } from 'node:fs/promises';
import {
  Capability,
  Ready,
  type Resource,
  type Resources,
  RunFunctionRequest,
} from '@crossplane-org/function-sdk-typescript';
import { parse } from 'yaml';
import { z } from 'zod';
import type { KubeObject } from '../../src/base/object.ts';
import { parseCatalog } from '../../src/catalog/index.ts';
import { composers } from '../../src/compose/index.ts';
import type { ComposeInput } from '../../src/compose/types.ts';
import { createFunction, type RunFunction } from '../../src/function/function.ts';
import { simulate } from '../../src/simulate/index.ts';

/** One composite of a claim in full readiness: the request Crossplane sends for it, and the answer. */
export interface Case {
  kind: string;
  /** Also the tag of the request. */
  name: string;
  /** Objects it is composed of. */
  composed: number;
  request: Buffer;
  response: Buffer;
}

const claimFile = new URL('../../examples/quick-start.yaml', import.meta.url);

/** The function with the real parts, in this process. */
export const realFunction: RunFunction = createFunction({ composers, parseCatalog, now: () => new Date() });

/** A case for each composite the quick start comes to, everything observed. */
export async function quickStartCases(): Promise<Case[]> {
  return casesOf(claimOf(parse(await readFile(claimFile, 'utf8'))));
}

/** A case for each composite a claim comes to. */
export function casesOf(claim: KubeObject): Case[] {
  return simulate(claim, parseCatalog(undefined)).map(({ input, output }) => {
    const { kind, metadata } = input.composite;
    const request = Buffer.from(RunFunctionRequest.encode(requestOf(input, metadata.name)).finish());
    return { kind, name: metadata.name, composed: output.desired.size, request, response: realFunction(request) };
  });
}

/** As Crossplane's Composition engine asks, with the input the generated Compositions carry. */
function requestOf({ composite, observed, required }: ComposeInput, tag: string): RunFunctionRequest {
  return {
    meta: {
      tag,
      capabilities: [
        Capability.CAPABILITY_CAPABILITIES,
        Capability.CAPABILITY_REQUIRED_RESOURCES,
        Capability.CAPABILITY_CREDENTIALS,
        Capability.CAPABILITY_CONDITIONS,
        Capability.CAPABILITY_REQUIRED_SCHEMAS,
      ],
    },
    observed: { composite: resource(composite), resources: mapValues(observed, resource) },
    desired: { composite: undefined, resources: {} },
    input: { apiVersion: 'fn.hikube.cloud/v1alpha1', kind: 'Catalog' },
    requiredResources: mapValues(required, (objects): Resources => ({ items: objects.map(resource) })),
    requiredSchemas: {},
    extraResources: {},
    credentials: {},
  };
}

function resource(object: KubeObject): Resource {
  return { resource: object, connectionDetails: {}, ready: Ready.READY_UNSPECIFIED };
}

function mapValues<In, Out>(values: ReadonlyMap<string, In>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries([...values].map(([key, value]) => [key, map(value)]));
}

const claimShape = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.record(z.string(), z.json()),
});

function claimOf(value: unknown): KubeObject {
  return claimShape.parse(value);
}
