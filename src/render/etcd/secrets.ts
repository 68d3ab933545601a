import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';

/**
 * The Secret a Certificate is issued into, empty: cert-manager fills it and leaves it behind when the Certificate
 * goes, keys and all, so we own it and it goes with the cluster.
 */
export function certificateSecret(id: ClusterId, name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: metadataOf(id, name) };
}
