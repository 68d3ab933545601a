import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { ServerCredentials } from '@grpc/grpc-js';
import { messageOf } from '../base/error.ts';

/**
 * Credentials for mutual TLS from a folder as Crossplane mounts it: `tls.crt` and `tls.key` of this server, `ca.crt`
 * of its clients. A client without a certificate of that authority is refused during the handshake. The files are
 * read once: Crossplane issues them for ten years, and a new Secret comes with a new pod.
 *
 * @throws Error when a file is missing or the three do not fit together
 */
export async function mutualTls(dir: string): Promise<ServerCredentials> {
  const [ca, cert, key] = await Promise.all(['ca.crt', 'tls.crt', 'tls.key'].map(name => read(join(dir, name))));
  if (!ca?.length || !cert?.length || !key?.length)
    throw new Error(`cannot use the certificates in ${dir}: a file is empty`);
  try {
    createSecureContext({ ca, cert, key });
  } catch (cause) {
    throw new Error(`cannot use the certificates in ${dir}: ${messageOf(cause)}`, { cause });
  }
  const requireClientCertificate = true;
  return ServerCredentials.createSsl(ca, [{ cert_chain: cert, private_key: key }], requireClientCertificate);
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Error(`cannot read ${path}: ${messageOf(cause)}`, { cause });
  }
}
