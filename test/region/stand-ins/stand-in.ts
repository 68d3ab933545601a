import type { Kube } from '../kube.ts';
import type { Log } from '../log.ts';
import type { Supervisor } from '../process.ts';
import type { ProgramName } from '../programs.ts';

/** What a stand-in is given: its own identity, never the region's administrator. */
export interface StandInContext {
  kubeconfig: string;
  kube: Kube;
  log: Log;
  /** Lines for whoever started the region, kept in the log as well: where the world here differs from what was asked. */
  tell: Log;
  /** A folder of its own for data. */
  dir: string;
  binaries: (name: ProgramName) => string;
  processes: Supervisor;
  /** Aborted when the region stops. */
  signal: AbortSignal;
}

/** Starts a stand-in; resolves when it watches. */
export type StartStandIn<Options = undefined> = (
  context: StandInContext,
  options?: Options,
) => Promise<{ stop(): Promise<void> }>;

/** A rule of a Role or ClusterRole; each stand-in exports its own as `rules`. */
export interface PolicyRule {
  apiGroups?: string[] | undefined;
  resources?: string[] | undefined;
  resourceNames?: string[] | undefined;
  nonResourceURLs?: string[] | undefined;
  verbs: string[];
}
