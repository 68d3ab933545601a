import type { NodePoolSpec } from '../../api/children/node-pool.ts';
import type { NodeGroup } from '../../api/claim/node-group.ts';
import type { Catalog, CatalogGpu } from '../../catalog/index.ts';
import { oneOf } from '../nearest.ts';
import type { Problem } from '../problem.ts';

export interface GpuPlan {
  gpus?: NonNullable<NodePoolSpec['gpus']>;
  /** Zones that have the model; absent means no limit. */
  zones?: readonly string[];
  problems: Problem[];
}

/** Resolves GPU names and aliases to the one device a node gets, so both spellings render the same (H14). */
export function planGpus(
  group: NodeGroup,
  path: string,
  catalog: Catalog,
  accepted: NodePoolSpec | undefined,
): GpuPlan {
  const asked = group.gpus ?? [];
  if (asked.length === 0) return { problems: [] };
  const found = asked.map(gpu => findGpu(gpu.name, catalog));
  const problems = asked.flatMap((gpu, index) =>
    found[index] ? [] : [unknownGpu(gpu.name, `${path}.gpus[${index}].name`, catalog)],
  );
  const kept =
    problems.length > 0 &&
    keptGpus(
      asked.map(gpu => gpu.name),
      accepted,
    );
  if (kept) return { gpus: kept, problems: [] };
  const models = [...new Set(found.flatMap(gpu => (gpu ? [gpu] : [])))];
  const [model] = models;
  if (problems.length > 0 || !model) return { problems };
  if (models.length > 1) {
    const mixed: Problem = {
      code: 'MixedGpus',
      path: `${path}.gpus`,
      message: `a node cannot have GPUs of different models (${models.map(gpu => gpu.model).join(', ')})`,
      remedy: 'make one node group per model',
    };
    return { problems: [mixed] };
  }
  const gpus = { model: model.model, devices: asked.map(() => model.device) };
  return model.zones ? { gpus, zones: model.zones, problems } : { gpus, problems };
}

function findGpu(name: string, catalog: Catalog): CatalogGpu | undefined {
  return catalog.gpus.find(gpu => gpu.device === name || gpu.aliases.includes(name));
}

/** A model that left the catalogue keeps running where the request still names what was let through. */
function keptGpus(asked: string[], accepted: NodePoolSpec | undefined): NonNullable<NodePoolSpec['gpus']> | undefined {
  const devices = accepted?.gpus?.devices;
  if (!devices || devices.length !== asked.length) return undefined;
  return devices.every((device, index) => device === asked[index]) ? accepted?.gpus : undefined;
}

function unknownGpu(name: string, path: string, catalog: Catalog): Problem {
  const offered = catalog.gpus.map(gpu => gpu.device);
  return { code: 'UnknownGpu', path, message: `${name} is not offered`, remedy: oneOf(name, offered) };
}
