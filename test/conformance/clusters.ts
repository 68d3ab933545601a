import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../region/build.ts';
import { type ManagementCluster, startManagementCluster } from '../region/control-plane/management.ts';
import { createSupervisor, type Supervisor } from '../region/process.ts';
import type { ProgramName } from '../region/programs.ts';

/** A bare control plane with nothing on it, for tests of one part of the region. */
export interface BareCluster extends ManagementCluster {
  dir: string;
  supervisor: Supervisor;
  binaries: (name: ProgramName) => string;
  stop(): Promise<void>;
}

/** Starts etcd, API server, controller manager and scheduler in a folder of their own. */
export async function startBareCluster(): Promise<BareCluster> {
  const files = await buildPrograms({ log: line => console.log(line) });
  const binaries = (name: ProgramName): string => files[name];
  const dir = await mkdtemp(join(tmpdir(), 'hikube-cluster-'));
  const supervisor = await createSupervisor({ logs: join(dir, 'logs'), log: line => console.log(line) });
  try {
    const cluster = await startManagementCluster({ supervisor, binaries, dir });
    await cluster.complete;
    return {
      ...cluster,
      dir,
      supervisor,
      binaries,
      async stop() {
        await cluster.kube.close();
        await supervisor.stop();
        await rm(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}
