import type { z } from 'zod';
import { INPUT_API_VERSION } from '../api/group.ts';
import { issuesOf } from '../base/issues.ts';
import { inKeyOrder, isObject, type JsonObject } from '../base/json.ts';
import { hikubeCatalog } from './defaults.ts';
import { mergePatch } from './merge.ts';
import { wrongReferences } from './references.ts';
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
  if (losesKey(input))
    throw new CatalogError('cannot read the catalogue: __proto__ cannot be the name of anything in it');
  const parsed = catalog.safeParse(mergePatch(hikubeCatalog, inKeyOrder(overlayOf(input))));
  if (!parsed.success) throw new CatalogError(`cannot read the catalogue: ${explain(parsed.error)}`);
  const wrong = wrongReferences(parsed.data);
  if (wrong.length > 0) throw new CatalogError(`cannot use the catalogue: ${wrong.join('; ')}`);
  return parsed.data;
}

/** The one name that is lost when objects are merged, without a word. */
function losesKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(losesKey);
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
  return issuesOf(error)
    .map(({ path, message }) => `${path || 'the catalogue'}: ${message}`)
    .join('; ');
}

export { hikubeCatalog } from './defaults.ts';
export type { Catalog, CatalogChart, CatalogGpu, CatalogVersion, ChartName } from './schema.ts';
