import { z } from 'zod';
import { goDownload } from '../programs/go.ts';

/** A Go module at an exact version with the checksum of its zip, as go.sum has it. */
export interface PinnedModule {
  path: string;
  version: string;
  sum: string;
}

/** Modules whose zips carry the custom resource definitions and webhooks of the programs we run or stand in for. */
export const modules = {
  crossplane: {
    path: 'github.com/crossplane/crossplane/v2',
    version: 'v2.4.0',
    sum: 'h1:atHTxD+8jOOiM1Xf6UMlyZqPYMedRVDSGU10Znt4KR8=',
  },
  clusterApi: {
    path: 'sigs.k8s.io/cluster-api',
    version: 'v1.14.2',
    sum: 'h1:o3GFNaeNFAOEEMpDPfhCK+2CjmV6gtQ8yLEcUwCg7bA=',
  },
  capk: {
    path: 'sigs.k8s.io/cluster-api-provider-kubevirt',
    version: 'v0.11.2',
    sum: 'h1:+DyQP1xvAD34Cce/5efG1sJFwJZ3pxwoj17oEuKv/EI=',
  },
  kamajiProvider: {
    path: 'github.com/clastix/cluster-api-control-plane-provider-kamaji',
    version: 'v0.20.0',
    sum: 'h1:rYRwnpBynwIogBhz78RPJ31CZE/kuHj2JS1/CI46T9M=',
  },
  kamaji: {
    path: 'github.com/clastix/kamaji',
    version: 'v1.0.0',
    sum: 'h1:QY99C2qA3LpvVCKRxZcE96/uKf5Fd7hNpjJ676jrIBY=',
  },
  helmController: {
    path: 'github.com/fluxcd/helm-controller',
    version: 'v1.6.3',
    sum: 'h1:MSiDP/s8xRSkO3g11vBiDStxfmJ5ZVdwDEpW7BSE/UA=',
  },
  sourceController: {
    path: 'github.com/fluxcd/source-controller',
    version: 'v1.9.6',
    sum: 'h1:nG534/bI6nVpyHra7ONAk6xDB3xPsVT+EOLHZHXPrrc=',
  },
  certManager: {
    path: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    sum: 'h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=',
  },
} as const satisfies Record<string, PinnedModule>;

/** Folder of the module in Go's module cache, downloaded if need be. */
export async function moduleFolder(module: PinnedModule, log: (line: string) => void): Promise<string> {
  const name = `${module.path}@${module.version}`;
  const answer = await goDownload(import.meta.dirname, ['mod', 'download', '-json', name], log);
  const found = downloaded.parse(JSON.parse(answer));
  if (found.Sum !== module.sum) throw new Error(`cannot use ${name}: its checksum is ${found.Sum}, not ${module.sum}`);
  return found.Dir;
}

const downloaded = z.object({ Dir: z.string(), Sum: z.string() });
