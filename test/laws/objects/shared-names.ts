import type { KubeObject } from '../../../src/base/object.ts';
import type { ObjectLaw } from './types.ts';

/** Names outside namespaces are shared by all tenants, so nobody may be able to hit another's on purpose. */
export const sharedNames: ObjectLaw = {
  fact: 'carries 160 bits of a hash in its name where all tenants share names',
  violations: ({ metadata: { name, namespace } }, tenant) =>
    tenant === undefined || namespace !== undefined || /-[0-9a-f]{40}$/.test(name) ? [] : [`metadata.name: ${name}`],
  broken: [shared('acme-shop-datastore'), shared('acme-shop-datastore-1a2b3c'), shared(`host-${'0'.repeat(39)}`)],
};

function shared(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'DataStore', metadata: { name } };
}
