import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManagementCluster } from '../control-plane/management.ts';
import { createIdentity } from '../identities.ts';
import { connect } from '../kube.ts';
import type { Log } from '../log.ts';
import type { Supervisor } from '../process.ts';
import type { ProgramName } from '../programs.ts';
import { rules as etcdOperatorRules, startEtcdOperator } from './etcd-operator/index.ts';
import { type InfraNode, type Nodes, rules as nodesRules, startNodes } from './nodes/index.ts';
import { rules as sourcesRules, startSources } from './sources/start.ts';
import type { PolicyRule, StandInContext } from './stand-in.ts';

/** What can be chosen about the simulated world. */
export interface StandInsOptions {
  /** The platform's machines (default: three zones of three). */
  infra?: InfraNode[];
}

/** All stand-ins, running. */
export interface StandIns {
  nodes: Nodes;
  stop(): Promise<void>;
}

/** Starts every stand-in under an identity with the rights of the real program. */
export async function startStandIns(
  options: StandInsOptions & {
    cluster: ManagementCluster;
    ca: string;
    dir: string;
    supervisor: Supervisor;
    binaries: (name: ProgramName) => string;
    logFor: (name: string) => Log;
    signal: AbortSignal;
  },
): Promise<StandIns> {
  const { cluster, ca, dir, supervisor, binaries, logFor, signal } = options;
  const context = async (name: string, rules: PolicyRule[]): Promise<StandInContext> => {
    const kubeconfig = await createIdentity(cluster.kube, ca, { namespace: 'stand-ins', name, rules });
    const own = join(dir, 'stand-ins', name);
    await mkdir(own, { recursive: true });
    const kube = connect(kubeconfig);
    return { kubeconfig, kube, log: logFor(`stand-in-${name}`), dir: own, binaries, processes: supervisor, signal };
  };
  const nodes = await startNodes(await context('nodes', nodesRules), options.infra ? { infra: options.infra } : {});
  const running = await Promise.all([
    startEtcdOperator(await context('etcd-operator', etcdOperatorRules), { nodes }),
    startSources(await context('sources', sourcesRules)),
  ]);
  return {
    nodes,
    async stop() {
      await Promise.all(running.map(standIn => standIn.stop()));
      await nodes.stop();
    },
  };
}
