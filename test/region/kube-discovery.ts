import { z } from 'zod';
import type { Transport } from './kube-transport.ts';
import { type GVK, KubeError, type ResourceId } from './kube-types.ts';

/**
 * Finds plural and scope of a kind by the API's discovery. A group version is read once and read again only for
 * a kind it did not list, because CRDs arrive while the region runs.
 */
export function discover(transport: Transport): (kind: GVK) => Promise<ResourceId> {
  const known = new Map<string, ResourceId>();
  const reading = new Map<string, Promise<void>>();

  const read = async (apiVersion: string): Promise<void> => {
    const answer = await transport.raw('GET', apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    const parsed = resourceList.safeParse(answer.body);
    if (answer.status === 404) return;
    if (answer.status !== 200 || !parsed.success) {
      throw new KubeError(answer.status, 'Discovery', `cannot discover ${apiVersion}: HTTP ${answer.status}`);
    }
    for (const { kind, name, namespaced } of parsed.data.resources) {
      if (!name.includes('/')) known.set(`${apiVersion}/${kind}`, { apiVersion, kind, plural: name, namespaced });
    }
  };

  return async kind => {
    const hit = known.get(kind);
    if (hit) return hit;
    const apiVersion = kind.slice(0, kind.lastIndexOf('/'));
    const running = reading.get(apiVersion) ?? read(apiVersion).finally(() => reading.delete(apiVersion));
    reading.set(apiVersion, running);
    await running;
    const found = known.get(kind);
    if (!found) throw new KubeError(404, 'NoKindMatch', `cannot find kind ${kind}: the API server does not serve it`);
    return found;
  };
}

const resourceList = z.object({
  resources: z.array(z.object({ kind: z.string(), name: z.string(), namespaced: z.boolean() })),
});
