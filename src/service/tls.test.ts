import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterEach, expect, test } from 'vitest';
import { createAuthority } from '../../test/region/pki.ts';
import { folderOf } from './testing/folder.ts';
import { mutualTls } from './tls.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const dir of folders.splice(0)) await rm(dir, { recursive: true });
});

async function folder(files: Record<string, string>): Promise<string> {
  const dir = await folderOf(files);
  folders.push(dir);
  return dir;
}

test('mutual TLS needs all three files, none of them empty, and a key that belongs to the certificate', async () => {
  const authority = await createAuthority('ours');
  const [one, other] = [await authority.issue({ commonName: 'a' }), await authority.issue({ commonName: 'b' })];
  const files = { 'ca.crt': authority.cert, 'tls.crt': one.cert, 'tls.key': one.key };
  expect(await mutualTls(await folder(files))).toBeInstanceOf(ServerCredentials);
  for (const name of Object.keys(files)) {
    const missing = await folder(Object.fromEntries(Object.entries(files).filter(([key]) => key !== name)));
    await expect(mutualTls(missing)).rejects.toThrow(`cannot read ${join(missing, name)}`);
    const empty = await folder({ ...files, [name]: '' });
    await expect(mutualTls(empty)).rejects.toThrow(`cannot use the certificates in ${empty}: a file is empty`);
  }
  const mixed = await folder({ ...files, 'tls.key': other.key });
  await expect(mutualTls(mixed)).rejects.toThrow(`cannot use the certificates in ${mixed}`);
});
