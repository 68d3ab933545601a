import type { z } from 'zod';
import { INPUT_API_VERSION } from '../api/group.ts';
import { canonical, isObject, type JsonObject } from '../api/json.ts';
import { hikubeCatalog } from './defaults.ts';
import { mergePatch } from './merge.ts';
import { type Catalog, catalog } from './schema.ts';

/** A catalogue that cannot be used; the message names every path and reason. */
export class CatalogError extends Error {
  override name = 'CatalogError';
}

/**
 * The catalogue behind a Composition step's input, laid over Hikube's defaults as a JSON merge patch: maps merge by
 * key, lists replace, null removes.
 *
 * @param input the step's input (`kind: Catalog`), or undefined for Hikube's own offer
 * @throws CatalogError when the result is not a usable catalogue
 */
export function parseCatalog(input: unknown): Catalog {
  if (input === undefined) return hikubeCatalog;
  if (!isObject(input)) throw new CatalogError('cannot read the catalogue: the step input is not an object');
  const parsed = catalog.safeParse(mergePatch(hikubeCatalog, canonical(overlayOf(input))));
  if (!parsed.success) throw new CatalogError(`cannot read the catalogue: ${explain(parsed.error)}`);
  checkReferences(parsed.data);
  return parsed.data;
}

function overlayOf(input: JsonObject): JsonObject {
  const { apiVersion, kind, metadata: _, ...overlay } = input;
  if (apiVersion === undefined && kind === undefined && Object.keys(overlay).length === 0) return {};
  if (apiVersion !== INPUT_API_VERSION || kind !== 'Catalog') {
    throw new CatalogError(
      `cannot read the catalogue: the step input is ${String(apiVersion)} ${String(kind)}, expected ${INPUT_API_VERSION} Catalog`,
    );
  }
  return overlay;
}

function explain(error: z.ZodError): string {
  return error.issues.map(issue => `${issue.path.join('.') || 'the catalogue'}: ${issue.message}`).join('; ');
}

/** Names inside the catalogue that point to other entries must exist, or a later claim would fail in a strange place. */
function checkReferences(data: Catalog): void {
  const wrong: string[] = [];
  if (!data.versions[data.defaultVersion]) wrong.push(`defaultVersion: ${data.defaultVersion} is not in versions`);
  if (!data.storageClasses[data.defaultStorageClass]) {
    wrong.push(`defaultStorageClass: ${data.defaultStorageClass} is not in storageClasses`);
  }
  if (!data.storageClasses[data.etcd.storageClass]) {
    wrong.push(`etcd.storageClass: ${data.etcd.storageClass} is not in storageClasses`);
  }
  for (const [minor, entry] of Object.entries(data.versions)) {
    if (!entry.patch.startsWith(`${minor}.`))
      wrong.push(`versions.${minor}.patch: ${entry.patch} is not of minor ${minor}`);
  }
  data.gpus.forEach((gpu, index) => {
    for (const zone of gpu.zones ?? []) {
      if (!data.zones.includes(zone)) wrong.push(`gpus.${index}.zones: ${zone} is not in zones`);
    }
  });
  if (wrong.length > 0) throw new CatalogError(`cannot use the catalogue: ${wrong.join('; ')}`);
}

export { hikubeCatalog } from './defaults.ts';
export type { Catalog, CatalogChart, CatalogGpu, CatalogVersion, ChartName } from './schema.ts';
