import { join } from 'node:path';
import type { KubeObject } from '../kube.ts';
import { quoted } from '../shell.ts';

/** A region that goes on running, and what stands in it. */
export interface Standing {
  dir: string;
  bin: string;
  logs: string;
  claims: KubeObject[];
}

/** What to type in another terminal, in whatever folder it is. */
export function howToGoOn({ dir, bin, logs, claims }: Standing): string {
  return [
    'The region runs until Ctrl-C. To go on, in another terminal:',
    ...commandsToGoOn({ dir, bin, claims }).map(command => `  ${command}`),
    'This kubectl finds the public names that status.dns lists, as if their records were in the DNS.',
    `Logs: ${logs}`,
  ].join('\n');
}

/** The commands alone; those for a cluster are the ones of the quick start. */
export function commandsToGoOn({ dir, bin, claims }: Omit<Standing, 'logs'>): string[] {
  const into = ({ metadata: { name, namespace = '' } }: KubeObject): string[] => {
    const file = quoted(join(dir, `${namespace}-${name}.kubeconfig`));
    const secret = `kubectl -n ${namespace} get secret ${name}-admin-kubeconfig -o jsonpath='{.data.super-admin\\.conf}'`;
    const endpoint = `kubectl -n ${namespace} get hikubecluster ${name} -o jsonpath='{.status.endpoint}'`;
    return [
      `${secret} | base64 -d > ${file}`,
      `kubectl --kubeconfig ${file} config set-cluster ${name} --server="$(${endpoint})"`,
      `kubectl --kubeconfig ${file} get nodes`,
    ];
  };
  return [
    `export PATH=${quoted(bin)}:"$PATH"`,
    'kubectl get hikubeclusters -A',
    'kubectl get machines,virtualmachines -A',
    ...claims.flatMap(into),
  ];
}
