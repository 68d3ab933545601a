import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManagementCluster } from '../control-plane/management.ts';
import { createIdentity } from '../identities.ts';
import { connect } from '../kube.ts';
import type { Log } from '../log.ts';
import type { Supervisor } from '../process.ts';
import type { ProgramName } from '../programs.ts';
import { rules as etcdOperatorRules, startEtcdOperator } from './etcd-operator/index.ts';
import { rules as kamajiRules, startKamaji } from './kamaji/index.ts';
import { rules as kubevirtRules, startKubevirt } from './kubevirt/index.ts';
import { type InfraNode, type Nodes, rules as nodesRules, startNodes } from './nodes/index.ts';
import { type Outside, rules as outsideRules, startOutside } from './outside/index.ts';
import { rules as sharedIngressRules, startSharedIngress } from './shared-ingress/index.ts';
import { rules as sourcesRules, startSources } from './sources/start.ts';
import type { PolicyRule, StandInContext } from './stand-in.ts';

/** What can be chosen about the simulated world. */
export interface StandInsOptions {
  /** The platform's machines (default: three zones of three). */
  infra?: InfraNode[];
  /** A real API server for each replica of a tenant, or one that stands for all (default: as asked). */
  apiServersPerClaim?: 'asked' | 1;
}

/** All stand-ins, running. */
export interface StandIns {
  nodes: Nodes;
  /** Where a tenant stands. */
  outside: Outside;
  stop(): Promise<void>;
}

interface Parts extends StandInsOptions {
  cluster: ManagementCluster;
  ca: string;
  dir: string;
  supervisor: Supervisor;
  binaries: (name: ProgramName) => string;
  log: Log;
  logFor: (name: string) => Log;
  signal: AbortSignal;
}

/** Starts the platform's machines and network, which need no definitions and are needed by all others. */
export async function startMachines(parts: Parts): Promise<Nodes> {
  return startNodes(await contexts(parts)('nodes', nodesRules), parts.infra ? { infra: parts.infra } : {});
}

/** Starts every other stand-in; each has an identity with the rights of the real program. */
export async function startStandIns(nodes: Nodes, parts: Parts): Promise<StandIns> {
  const context = contexts(parts);
  const ingress = await startSharedIngress(await context('shared-ingress', sharedIngressRules), nodes.network);
  const outside = await startOutside(await context('outside', outsideRules), ingress);
  const running = await Promise.all([
    startEtcdOperator(await context('etcd-operator', etcdOperatorRules), { nodes }),
    startKamaji(await context('kamaji', kamajiRules), {
      nodes,
      ...(parts.apiServersPerClaim && { apiServersPerClaim: parts.apiServersPerClaim }),
    }),
    startKubevirt(await context('kubevirt', kubevirtRules), { nodes }),
    startSources(await context('sources', sourcesRules)),
  ]);
  return {
    nodes,
    outside,
    async stop() {
      await Promise.all([...running, ingress, outside].map(standIn => standIn.stop()));
      await nodes.stop();
    },
  };
}

function contexts(parts: Parts): (name: string, rules: PolicyRule[]) => Promise<StandInContext> {
  const { cluster, ca, dir, supervisor, binaries, signal } = parts;
  return async (name, rules) => {
    const kubeconfig = await createIdentity(cluster.kube, ca, { namespace: 'stand-ins', name, rules });
    const own = join(dir, 'stand-ins', name);
    await mkdir(own, { recursive: true });
    const kube = connect(kubeconfig);
    const log = parts.logFor(`stand-in-${name}`);
    const tell = (line: string): void => {
      log(line);
      parts.log(line);
    };
    return { kubeconfig, kube, log, tell, dir: own, binaries, processes: supervisor, signal };
  };
}
