import { type Catalog, hikubeCatalog } from '../../src/catalog/index.ts';

export type CatalogName =
  | 'today'
  | 'without s1.large'
  | 'without L40S'
  | 'GPUs in gland only'
  | 'without v1.34'
  | 'newer patches';

const { versions, instanceTypes, gpus } = hikubeCatalog;

/** The catalogue as a platform team may leave it from one day to the next. */
export const CATALOGUES: Record<CatalogName, Catalog> = {
  today: hikubeCatalog,
  'without s1.large': { ...hikubeCatalog, instanceTypes: without(instanceTypes, 's1.large') },
  'without L40S': { ...hikubeCatalog, gpus: gpus.filter(gpu => gpu.model !== 'L40S') },
  'GPUs in gland only': { ...hikubeCatalog, gpus: gpus.map(gpu => ({ ...gpu, zones: ['gland'] })) },
  'without v1.34': { ...hikubeCatalog, versions: without(versions, 'v1.34') },
  'newer patches': { ...hikubeCatalog, versions: newer() },
};

function without<Value>(map: Record<string, Value>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}

function newer(): Catalog['versions'] {
  return Object.fromEntries(
    Object.entries(versions).map(([minor, entry]) => {
      const patch = `${minor}.99`;
      return [minor, { ...entry, patch, nodeImage: `example.com/node:${patch}` }];
    }),
  );
}
