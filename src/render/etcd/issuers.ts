import type { JsonObject } from '../../base/json.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';

/** Issuer that lets the CAs sign themselves. */
export function selfSignedIssuer(id: ClusterId, name: string): KubeObject {
  return issuer(id, name, { selfSigned: {} });
}

/** Issuer that signs with the CA in a Secret. */
export function caIssuer(id: ClusterId, name: string, secretName: string): KubeObject {
  return issuer(id, name, { ca: { secretName } });
}

function issuer(id: ClusterId, name: string, spec: JsonObject): KubeObject {
  return { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: metadataOf(id, name), spec };
}
