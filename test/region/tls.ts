import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Authority, CertificateRequest } from './pki.ts';

/** Writes a certificate as a mounted TLS Secret looks: ca.crt, tls.crt, tls.key. Returns the folder. */
export async function writeTlsFolder(dir: string, authority: Authority, request: CertificateRequest): Promise<string> {
  const { cert, key } = await authority.issue(request);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await Promise.all([
    writeFile(join(dir, 'ca.crt'), authority.cert),
    writeFile(join(dir, 'tls.crt'), cert),
    writeFile(join(dir, 'tls.key'), key, { mode: 0o600 }),
  ]);
  return dir;
}
