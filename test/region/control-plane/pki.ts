import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeKubeconfig } from '../kubeconfig.ts';
import { type Authority, createAuthority, createTokenKeys } from '../pki.ts';

/** The keys of one Kubernetes control plane, as objects and as the files its programs read. */
export interface ControlPlanePki {
  authority: Authority;
  caFile: string;
  caKeyFile: string;
  tokenPublicKeyFile: string;
  tokenPrivateKeyFile: string;
}

/** Where the keys come from when they exist already (a hosted control plane keeps them in Secrets). */
export interface PkiSource {
  authority: Authority;
  tokenKeys: { publicKey: string; privateKey: string };
}

/** Writes the keys of a control plane into a folder; new ones unless a source is given. */
export async function writePki(dir: string, source?: PkiSource): Promise<ControlPlanePki> {
  const { authority, tokenKeys } = source ?? {
    authority: await createAuthority('kubernetes'),
    tokenKeys: createTokenKeys(),
  };
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(dir, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  return {
    authority,
    caFile: await write('ca.crt', authority.cert),
    caKeyFile: await write('ca.key', authority.key),
    tokenPublicKeyFile: await write('sa.pub', tokenKeys.publicKey),
    tokenPrivateKeyFile: await write('sa.key', tokenKeys.privateKey),
  };
}

/** A kubeconfig for a user known by a client certificate; `cluster` is what it calls the cluster. */
export async function userKubeconfig(
  authority: Authority,
  server: string,
  user: string,
  groups: string[] = [],
  cluster = 'region',
): Promise<string> {
  const pair = await authority.issue({ commonName: user, organizations: groups, usages: ['client'] });
  return writeKubeconfig({ server, ca: authority.cert, ...pair }, { cluster, user });
}

/** Writes a kubeconfig for a user into a folder and returns its file. */
export async function writeUserKubeconfig(
  pki: ControlPlanePki,
  options: { dir: string; server: string; user: string; groups?: string[] },
): Promise<string> {
  const file = join(options.dir, `${options.user.replaceAll(':', '-')}.kubeconfig`);
  await mkdir(options.dir, { recursive: true });
  await writeFile(file, await userKubeconfig(pki.authority, options.server, options.user, options.groups), {
    mode: 0o600,
  });
  return file;
}
