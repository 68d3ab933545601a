import type { NodePoolSpec } from '../../../api/parts/node-pool.ts';
import type { Catalog, CatalogGpu } from '../../../catalog/index.ts';
import { type Finding, notInCatalogue } from '../../finding.ts';
import { oneOf } from '../../nearest.ts';
import type { GroupRequest } from '../../request/request.ts';

export interface GpuPlan {
  gpus?: NonNullable<NodePoolSpec['gpus']>;
  /** Zones that have the model; absent means no limit. */
  zones?: readonly string[];
  findings: Finding[];
}

/** Resolves GPU names and aliases to the one device a node gets, so both spellings render the same (H14). */
export function planGpus(
  { gpus: asked, path }: GroupRequest,
  catalog: Catalog,
  accepted: NodePoolSpec | undefined,
): GpuPlan {
  if (asked.length === 0) return { findings: [] };
  const found = asked.map(name => findGpu(name, catalog));
  const unknown = asked.flatMap((name, index) =>
    found[index] ? [] : [unknownGpu(name, `${path}.gpus[${index}].name`, catalog)],
  );
  const kept = unknown.length > 0 ? keptGpus(asked, accepted) : undefined;
  if (kept) {
    const offered = catalog.gpus.map(gpu => gpu.device);
    return { gpus: kept, findings: [notInCatalogue(kept.model, `${path}.gpus`, 'the group', offered)] };
  }
  const models = [...new Set(found.flatMap(gpu => (gpu ? [gpu] : [])))];
  const [model] = models;
  if (unknown.length > 0 || !model) return { findings: unknown };
  if (models.length > 1) {
    const mixed: Finding = {
      code: 'MixedGpus',
      path: `${path}.gpus`,
      message: `a node cannot have GPUs of different models (${models.map(gpu => gpu.model).join(', ')})`,
      remedy: 'make one node group per model',
    };
    return { findings: [mixed] };
  }
  const gpus = { model: model.model, devices: asked.map(() => model.device) };
  return { gpus, ...(model.zones ? { zones: model.zones } : {}), findings: [] };
}

function findGpu(name: string, catalog: Catalog): CatalogGpu | undefined {
  return catalog.gpus.find(gpu => gpu.device === name || gpu.aliases.includes(name));
}

/** A model that left the catalogue keeps running where the request still names what was let through, by any name. */
function keptGpus(asked: readonly string[], accepted: NodePoolSpec | undefined): NodePoolSpec['gpus'] {
  const gpus = accepted?.gpus;
  if (!gpus || gpus.devices.length !== asked.length) return undefined;
  const names = [...gpus.devices, ...(accepted.asked?.gpus ?? [`nvidia.com/${gpus.model}`])];
  return asked.every(name => names.includes(name)) ? gpus : undefined;
}

function unknownGpu(name: string, path: string, catalog: Catalog): Finding {
  const offered = catalog.gpus.map(gpu => gpu.device);
  return { code: 'UnknownGpu', path, message: `${name} is not offered`, remedy: oneOf(name, offered) };
}
