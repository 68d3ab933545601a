import { setTimeout as delay } from 'node:timers/promises';
import { at, num, str } from './json.ts';
import type { Transport } from './kube-transport.ts';
import type { GVK, KubeObject, ResourceId, WatchEvent } from './kube-types.ts';

/** Ends a watch. */
export type Stop = () => void;

/** What a watch selects. */
export interface WatchOptions {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  /** For example `spec.nodeName=worker-1`. */
  fieldSelector?: string | undefined;
  /** Called once after the first complete list was delivered. */
  onSynced?: () => void;
  /** Told about each loss of connection. */
  log?: (line: string) => void;
}

interface Parts {
  transport: Transport;
  resource(kind: GVK): Promise<ResourceId>;
  listItems(
    transport: Transport,
    id: ResourceId,
    path: string,
  ): Promise<{ items: KubeObject[]; resourceVersion: string | undefined }>;
  resourcePath(id: ResourceId, namespace?: string): string;
}

/**
 * Lists, then watches, for ever. Objects that vanished while the watch was down are reported as deleted after
 * the next list, so a consumer sees a complete history whatever happens to the connection.
 */
export function watch(parts: Parts, kind: GVK, onEvent: (event: WatchEvent) => void, opts: WatchOptions): Stop {
  const abort = new AbortController();
  const known = new Map<string, KubeObject>();
  let synced = false;

  const deliver = (type: WatchEvent['type'], object: KubeObject): void => {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    if (type === 'DELETED') known.delete(key);
    else known.set(key, object);
    try {
      onEvent({ type, object });
    } catch (error) {
      opts.log?.(`watch of ${kind}: the consumer failed: ${String(error)}`);
    }
  };

  const relist = async (id: ResourceId, path: string, selector: string): Promise<string> => {
    const { items, resourceVersion } = await parts.listItems(parts.transport, id, `${path}?${selector}`);
    if (abort.signal.aborted) return '';
    const before = new Map(known);
    for (const item of items) {
      const key = `${item.metadata.namespace ?? ''}/${item.metadata.name}`;
      const old = before.get(key);
      before.delete(key);
      // Recreated under the same name while nobody looked: the old one was deleted.
      if (old && old.metadata.uid !== item.metadata.uid) deliver('DELETED', old);
      if (old?.metadata.resourceVersion === item.metadata.resourceVersion) continue;
      deliver(known.has(key) ? 'MODIFIED' : 'ADDED', item);
    }
    for (const gone of before.values()) deliver('DELETED', gone);
    if (!synced) opts.onSynced?.();
    synced = true;
    return resourceVersion ?? '';
  };

  /** Follows changes until the stream ends; the version to resume from, or undefined when a new list is needed. */
  const follow = async (path: string, selector: string, from: string): Promise<string | undefined> => {
    let version = from;
    const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${version}&${selector}`;
    const stream = await parts.transport.lines(`${path}?${query}`, abort.signal);
    if (stream.status !== 200) return undefined;
    for await (const line of stream.lines) {
      const event: unknown = JSON.parse(line);
      const type = str(at(event, 'type'));
      const object = at(event, 'object');
      if (type === 'ERROR') return num(at(object, 'code')) === 504 ? version : undefined;
      version = str(at(object, 'metadata', 'resourceVersion')) ?? version;
      if ((type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') && isKubeObject(object))
        deliver(type, object);
    }
    return version;
  };

  const run = async (): Promise<void> => {
    let version: string | undefined;
    let pause = 100;
    while (!abort.signal.aborted) {
      try {
        const id = await parts.resource(kind);
        const path = parts.resourcePath(id, opts.namespace);
        const selector = selection(opts);
        version ??= await relist(id, path, selector);
        version = await follow(path, selector, version);
        pause = 100;
      } catch (error) {
        version = undefined;
        if (!abort.signal.aborted) opts.log?.(`watch of ${kind} was lost: ${String(error)}`);
        pause = Math.min(pause * 2, 2_000);
      }
      await delay(pause, undefined, { signal: abort.signal }).catch(() => undefined);
    }
  };

  void run();
  return () => abort.abort();
}

function selection({ labelSelector, fieldSelector }: WatchOptions): string {
  return new URLSearchParams({
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  }).toString();
}

function isKubeObject(value: unknown): value is KubeObject {
  return typeof at(value, 'metadata', 'name') === 'string';
}
