import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { applyCrds } from '../install/crds.ts';
import { connect, type KubeObject } from '../kube.ts';
import type { Log } from '../log.ts';
import { freePorts } from '../ports.ts';
import { createSupervisor } from '../process.ts';
import { cacheDir } from '../programs/cache.ts';
import { withLock } from '../programs/lock.ts';
import type { ProgramName } from '../programs.ts';
import { startApiServer } from './apiserver.ts';
import { ETCD_NAME, startEtcd } from './etcd.ts';
import { userKubeconfig, writePki } from './pki.ts';

/** What a snapshot is made of. */
export interface SnapshotOptions {
  crds: KubeObject[];
  binaries: (name: ProgramName) => string;
  log: Log;
}

/**
 * Folder with the data of an etcd whose API server already serves the definitions. To accept sixty of them takes the
 * API server ten seconds of computing, so it is done once a machine; every region starts on a copy. Addresses of
 * conversion webhooks differ from region to region and are left out.
 */
export async function definitionsSnapshot(options: SnapshotOptions): Promise<string> {
  const { binaries, log } = options;
  const crds = options.crds.map(withoutConversion);
  const hash = createHash('sha256').update(JSON.stringify(crds));
  for (const name of ['etcd', 'kube-apiserver'] as const) hash.update(basename(binaries(name)));
  const folder = join(cacheDir(), `${PREFIX}${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) {
    await withLock(join(cacheDir(), 'definitions.lock'), log, async () => {
      if (!existsSync(folder)) await take(folder, { ...options, crds });
    });
    await removeUnused();
  }
  await utimes(folder, new Date(), new Date());
  return folder;
}

async function take(folder: string, { crds, binaries, log }: SnapshotOptions): Promise<void> {
  log(`preparing ${crds.length} definitions, once`);
  const dir = await mkdtemp(join(cacheDir(), 'preparing-'));
  const supervisor = await createSupervisor({ logs: join(dir, 'logs'), log });
  try {
    const [client = 0, peer = 0, port = 0] = await freePorts(3);
    const pki = await writePki(join(dir, 'pki'));
    const data = join(dir, 'etcd');
    const etcd = await startEtcd({
      supervisor,
      binary: binaries('etcd'),
      name: ETCD_NAME,
      dir: data,
      ports: { client, peer },
    });
    const api = await startApiServer({
      supervisor,
      binary: binaries('kube-apiserver'),
      name: 'kube-apiserver',
      dir: join(dir, 'pki'),
      port,
      pki,
      etcd: { endpoints: [`http://127.0.0.1:${client}`] },
    });
    const kube = connect(await userKubeconfig(pki.authority, api.server, 'region-admin', ['system:masters']));
    await applyCrds(kube, crds);
    await kube.close();
    await api.stop();
    await etcd.stop();
    await rename(data, folder);
  } finally {
    await supervisor.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

function withoutConversion(crd: KubeObject): KubeObject {
  const { conversion: _, ...spec } = crd.spec ?? {};
  return { ...crd, spec };
}

/** Every change of a definition leaves a snapshot behind. */
async function removeUnused(): Promise<void> {
  for (const entry of await readdir(cacheDir())) {
    if (!entry.startsWith(PREFIX)) continue;
    const path = join(cacheDir(), entry);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ONE_DAY_MS) await rm(path, { recursive: true, force: true });
  }
}

const PREFIX = 'definitions-';
const ONE_DAY_MS = 86_400_000;
