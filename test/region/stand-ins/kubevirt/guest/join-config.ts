import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { UserData } from './user-data.ts';

/** What `kubeadm join` is told on a machine. */
export interface JoinConfig {
  nodeName: string | undefined;
  /** host:port of the API server. */
  endpoint: string;
  token: string;
  /** `sha256:<hex>` of the public keys that the cluster's authority may have; empty when checking is switched off. */
  caCertHashes: string[];
  taints: Taint[];
  /** Kubelet flags without their dashes. */
  kubeletArgs: Record<string, string>;
  /** Patches of the kubelet's configuration, YAML or JSON. */
  kubeletPatches: string[];
}

export const taint = z.object({
  key: z.string(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});
export type Taint = z.infer<typeof taint>;

/** Finds the `kubeadm join` among the commands and reads the configuration file it names. */
export function readJoinConfig({ files, commands }: UserData): JoinConfig {
  const command = commands.find(line => /\bkubeadm join\b/.test(line));
  const path = command && /--config[= ](\S+)/.exec(command)?.[1];
  if (!path) throw new Error('cannot join: no command runs kubeadm join with a configuration file');
  const text = files[path];
  if (text === undefined) throw new Error(`cannot join: ${path} was not written`);
  const document = parseAllDocuments(text)
    .map(entry => entry.toJS())
    .find(entry => entry?.kind === 'JoinConfiguration');
  const parsed = joinConfiguration.safeParse(document);
  if (!parsed.success)
    throw new Error(`cannot join: ${path} is no JoinConfiguration: ${z.prettifyError(parsed.error)}`);
  const { discovery, nodeRegistration, patches } = parsed.data;
  const { apiServerEndpoint, token, caCertHashes, unsafeSkipCAVerification } = discovery.bootstrapToken;
  if (caCertHashes.length === 0 && !unsafeSkipCAVerification) {
    throw new Error('cannot join: discovery names neither caCertHashes nor unsafeSkipCAVerification');
  }
  const args = nodeRegistration.kubeletExtraArgs;
  return {
    nodeName: nodeRegistration.name,
    endpoint: apiServerEndpoint,
    token: token ?? discovery.tlsBootstrapToken ?? '',
    caCertHashes,
    taints: nodeRegistration.taints ?? [],
    kubeletArgs: Array.isArray(args) ? Object.fromEntries(args.map(({ name, value }) => [name, value])) : args,
    kubeletPatches: patchFiles(files, patches?.directory),
  };
}

// v1beta3 writes kubeletExtraArgs as a map, v1beta4 as a list.
const joinConfiguration = z.object({
  apiVersion: z.enum(['kubeadm.k8s.io/v1beta3', 'kubeadm.k8s.io/v1beta4']),
  kind: z.literal('JoinConfiguration'),
  discovery: z.object({
    tlsBootstrapToken: z.string().optional(),
    bootstrapToken: z.object({
      token: z.string().optional(),
      apiServerEndpoint: z.string(),
      caCertHashes: z.array(z.string()).default([]),
      unsafeSkipCAVerification: z.boolean().default(false),
    }),
  }),
  nodeRegistration: z
    .object({
      name: z.string().optional(),
      kubeletExtraArgs: z
        .union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string() }))])
        .default({}),
      taints: z.array(taint).nullish(),
    })
    .prefault({}),
  patches: z.object({ directory: z.string() }).nullish(),
});

function patchFiles(files: Record<string, string>, directory: string | undefined): string[] {
  if (directory === undefined) return [];
  const prefix = `${directory.replace(/\/$/, '')}/kubeletconfiguration`;
  return Object.keys(files)
    .filter(path => path.startsWith(prefix))
    .sort()
    .map(path => files[path] ?? '');
}
