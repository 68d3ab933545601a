import type { JsonObject } from './json.ts';
import { discover } from './kube-discovery.ts';
import { openTransport, type Transport } from './kube-transport.ts';
import { type GVK, KubeError, type KubeObject, type ResourceId } from './kube-types.ts';
import { type Stop, type WatchOptions, watch } from './kube-watch.ts';

export type { GVK, KubeObject, ObjectMeta, OwnerReference, ResourceId, WatchEvent } from './kube-types.ts';
export { KubeError } from './kube-types.ts';
export type { Stop, WatchOptions } from './kube-watch.ts';

/** How an object is applied. */
export interface ApplyOptions {
  fieldManager?: string;
  /** Take fields over from other managers (default true). */
  force?: boolean;
  subresource?: 'status';
  fieldValidation?: 'Strict';
  dryRun?: boolean;
}

/** A client of one API server under one identity. */
export interface Kube {
  server: string;
  /** The object, or undefined when it does not exist. */
  get(kind: GVK, name: string, namespace?: string): Promise<KubeObject | undefined>;
  list(kind: GVK, opts?: { namespace?: string | undefined; labelSelector?: string | undefined }): Promise<KubeObject[]>;
  create(object: KubeObject): Promise<KubeObject>;
  /** Server-side apply. */
  apply(object: KubeObject, opts?: ApplyOptions): Promise<KubeObject>;
  mergePatch(
    kind: GVK,
    name: string,
    namespace: string | undefined,
    patch: JsonObject,
    subresource?: 'status',
  ): Promise<KubeObject>;
  update(object: KubeObject, subresource?: 'status'): Promise<KubeObject>;
  /** Deletes; an object that is gone already is fine. */
  delete(
    kind: GVK,
    name: string,
    namespace?: string,
    opts?: { propagation?: 'Foreground' | 'Background' | 'Orphan' },
  ): Promise<void>;
  /** Lists, then watches for ever; losses of connection are survived and never thrown out. */
  watch(kind: GVK, onEvent: Parameters<typeof watch>[2], opts?: WatchOptions): Stop;
  raw(method: string, path: string, body?: unknown, contentType?: string): Promise<{ status: number; body: unknown }>;
  /** Where a kind is served. */
  resource(kind: GVK): Promise<ResourceId>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Opens a client for the current context of a kubeconfig (YAML text with inline certificates). In-cluster names are
 * reached through the proxy of the region's Pod network.
 */
export function connect(kubeconfig: string, { proxyUrl }: { proxyUrl?: string } = {}): Kube {
  const transport = openTransport(kubeconfig, proxyUrl);
  const resource = discover(transport);

  const pathOf = async (kind: GVK, namespace?: string, name?: string, subresource?: string): Promise<string> =>
    resourcePath(await resource(kind), namespace, name, subresource);

  return {
    server: transport.server,
    resource,
    raw: transport.raw,
    close: transport.close,
    async get(kind, name, namespace) {
      const answer = await transport.raw('GET', await pathOf(kind, namespace, name));
      return answer.status === 404 ? undefined : object(answer, `read ${kind} ${name}`);
    },
    async list(kind, opts = {}) {
      const id = await resource(kind);
      const query = opts.labelSelector ? `?labelSelector=${encodeURIComponent(opts.labelSelector)}` : '';
      return listItems(transport, id, resourcePath(id, opts.namespace) + query).then(({ items }) => items);
    },
    async create(body) {
      const { kind, name, namespace } = ids(body);
      return object(await transport.raw('POST', await pathOf(kind, namespace), body), `create ${kind} ${name}`);
    },
    async apply(body, opts = {}) {
      const { kind, name, namespace } = ids(body);
      const query = new URLSearchParams({
        fieldManager: opts.fieldManager ?? 'region',
        force: String(opts.force ?? true),
        ...(opts.fieldValidation && { fieldValidation: opts.fieldValidation }),
        ...(opts.dryRun && { dryRun: 'All' }),
      });
      const path = `${await pathOf(kind, namespace, name, opts.subresource)}?${query}`;
      const { managedFields: _ignored, ...metadata } = body.metadata;
      const answer = await transport.raw('PATCH', path, { ...body, metadata }, 'application/apply-patch+yaml');
      return object(answer, `apply ${kind} ${name}`);
    },
    async mergePatch(kind, name, namespace, patch, subresource) {
      const path = await pathOf(kind, namespace, name, subresource);
      return object(await transport.raw('PATCH', path, patch, 'application/merge-patch+json'), `patch ${kind} ${name}`);
    },
    async update(body, subresource) {
      const { kind, name, namespace } = ids(body);
      const path = await pathOf(kind, namespace, name, subresource);
      return object(await transport.raw('PUT', path, body), `update ${kind} ${name}`);
    },
    async delete(kind, name, namespace, opts = {}) {
      const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: opts.propagation ?? 'Background' };
      const answer = await transport.raw('DELETE', await pathOf(kind, namespace, name), body);
      if (answer.status !== 404) failOn(answer, `delete ${kind} ${name}`);
    },
    watch(kind, onEvent, opts = {}) {
      return watch({ transport, resource, listItems, resourcePath }, kind, onEvent, opts);
    },
  };
}

/** The kind of an object as a GVK. */
export function kindOf(body: KubeObject): GVK {
  return `${body.apiVersion}/${body.kind}`;
}

function ids(body: KubeObject): { kind: GVK; name: string; namespace?: string | undefined } {
  return { kind: kindOf(body), name: body.metadata.name, namespace: body.metadata.namespace };
}

function resourcePath(id: ResourceId, namespace?: string, name?: string, subresource?: string): string {
  const root = id.apiVersion.includes('/') ? `/apis/${id.apiVersion}` : `/api/${id.apiVersion}`;
  const scope = id.namespaced && namespace ? `/namespaces/${namespace}` : '';
  const tail = [name, subresource].filter(part => part !== undefined).map(part => `/${part}`);
  return `${root}${scope}/${id.plural}${tail.join('')}`;
}

async function listItems(transport: Transport, id: ResourceId, path: string) {
  const answer = await transport.raw('GET', path);
  const body = object(answer, `list ${id.kind}`);
  const items = Array.isArray(body.items) ? body.items.filter(isKubeObject) : [];
  const { apiVersion, kind } = id;
  // Items of built-in lists come without their kind.
  return { items: items.map(item => ({ ...item, apiVersion, kind })), resourceVersion: body.metadata.resourceVersion };
}

function object(answer: { status: number; body: unknown }, action: string): KubeObject {
  failOn(answer, action);
  if (!isKubeObject(answer.body)) throw new KubeError(answer.status, 'Malformed', `cannot ${action}: not an object`);
  return answer.body;
}

function isKubeObject(value: unknown): value is KubeObject {
  return typeof value === 'object' && value !== null && 'metadata' in value && typeof value.metadata === 'object';
}

function failOn(answer: { status: number; body: unknown }, action: string): void {
  if (answer.status < 300) return;
  const body = answer.body;
  const field = (name: string) =>
    typeof body === 'object' && body !== null && name in body ? String(Reflect.get(body, name)) : undefined;
  const cause = field('message') ?? (typeof body === 'string' && body !== '' ? body : `HTTP ${answer.status}`);
  throw new KubeError(answer.status, field('reason') ?? '', `cannot ${action}: ${cause.trim()}`);
}
