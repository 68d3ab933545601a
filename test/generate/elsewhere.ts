import { INPUT_API_VERSION } from '../../src/api/group.ts';
import { type Catalog, parseCatalog } from '../../src/catalog/index.ts';

const zones = Array.from({ length: 8 }, (_, index) => `a-datacenter-with-a-name-of-its-own-${index}`);

/** A platform unlike Hikube's: as many zones as there may be, with long names, GPUs in some of them, names of its own. */
export const elsewhere: Catalog = parseCatalog({
  apiVersion: INPUT_API_VERSION,
  kind: 'Catalog',
  zones,
  instanceTypes: { only: { cpu: 6, memory: '24Gi' } },
  gpus: [
    { device: 'example.com/ONE', model: 'ONE', aliases: ['example.com/1'], zones: zones.slice(0, 2) },
    { device: 'example.com/TWO', model: 'TWO', zones: zones.slice(5) },
  ],
  storageClasses: { plain: { replication: 'none', copies: 1 } },
  defaultStorageClass: 'plain',
  etcd: { storageClass: 'plain' },
  domain: { suffix: 'clusters.example.net', allowed: ['sites.example.net', 'example.org'] },
});
