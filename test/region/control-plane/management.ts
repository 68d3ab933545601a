import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, type Kube } from '../kube.ts';
import { freePorts } from '../ports.ts';
import type { Supervisor } from '../process.ts';
import type { ProgramName } from '../programs.ts';
import { startApiServer } from './apiserver.ts';
import { startControllerManager } from './controller-manager.ts';
import { ETCD_NAME, startEtcd } from './etcd.ts';
import { type ControlPlanePki, userKubeconfig, writePki } from './pki.ts';
import { startScheduler } from './scheduler.ts';

/** The control plane of the region itself. */
export interface ManagementCluster {
  server: string;
  pki: ControlPlanePki;
  /** The administrator's client; only the region's own set-up uses it. */
  kube: Kube;
  kubeconfig: string;
  kubeconfigFile: string;
  /** Resolves when controller manager and scheduler are ready too. */
  complete: Promise<unknown>;
}

/** Starts etcd and kube-apiserver, then controller manager and scheduler beside whatever comes next. */
export async function startManagementCluster(options: {
  supervisor: Supervisor;
  binaries: (name: ProgramName) => string;
  dir: string;
  /** New keys by default. */
  pki?: ControlPlanePki;
  /** Data of an etcd to start on a copy of; empty by default. */
  etcdData?: string;
}): Promise<ManagementCluster> {
  const { supervisor, binaries, dir, etcdData } = options;
  const [client = 0, peer = 0, api = 0, manager = 0, scheduler = 0] = await freePorts(5);
  const pki = options.pki ?? (await writePki(join(dir, 'pki')));
  if (etcdData) await cp(etcdData, join(dir, 'etcd'), { recursive: true });
  await startEtcd({
    supervisor,
    binary: binaries('etcd'),
    name: ETCD_NAME,
    dir: join(dir, 'etcd'),
    ports: { client, peer },
  });
  const { server } = await startApiServer({
    supervisor,
    binary: binaries('kube-apiserver'),
    name: 'kube-apiserver',
    dir: join(dir, 'pki'),
    port: api,
    pki,
    etcd: { endpoints: [`http://127.0.0.1:${client}`] },
  });
  const kubeconfig = await userKubeconfig(pki.authority, server, 'region-admin', ['system:masters']);
  const kubeconfigFile = join(dir, 'kubeconfig');
  await writeFile(kubeconfigFile, kubeconfig, { mode: 0o600 });
  const shared = { supervisor, dir: join(dir, 'pki'), server, pki };
  const complete = Promise.all([
    startControllerManager({
      ...shared,
      binary: binaries('kube-controller-manager'),
      name: 'kube-controller-manager',
      port: manager,
    }),
    startScheduler({ ...shared, binary: binaries('kube-scheduler'), name: 'kube-scheduler', port: scheduler }),
  ]);
  // Awaited by the region later; until then a failure must not count as unhandled.
  complete.catch(() => undefined);
  return { server, pki, kube: connect(kubeconfig), kubeconfig, kubeconfigFile, complete };
}
