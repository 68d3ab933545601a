import { readFile } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startRegion } from '../region/region.ts';
import { untilAllGone } from './support/claims.ts';

/** What tests get of the region: it lives in vitest's main process, they reach it as any client would. */
export interface RegionAccess {
  /** Kubeconfig of the administrator. */
  admin: string;
  /** Kubeconfig of a tenant, whose rights come by RoleBindings to the group `TENANTS`. */
  tenant: string;
  /** For the PATH of whoever runs what the pages tell a reader to run. */
  bin: string;
  /** The way to in-cluster names and addresses. */
  proxyUrl: string;
  /** The way to public names, from outside. */
  outsideUrl: string;
  dir: string;
  logs: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    region: RegionAccess;
  }
}

/** Group of the tenant's user. */
export const TENANTS = 'acme-developers';

/** Starts one region for all tests of the project and ends it after the last, once all their claims are gone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const region = await startRegion({
    log: line => console.log(line),
    onStage: (stage, event, seconds) => {
      if (event === 'ended') console.log(`region: ${stage} took ${seconds.toFixed(1)} s`);
    },
  });
  project.provide('region', {
    admin: await readFile(region.kubeconfigFile, 'utf8'),
    tenant: await region.kubeconfigFor('alice', [TENANTS]),
    bin: region.bin,
    proxyUrl: region.proxyUrl,
    outsideUrl: region.outsideUrl,
    dir: region.dir,
    logs: region.logs,
  });
  return async () => {
    try {
      await untilAllGone(region.kube);
    } catch (error) {
      // Vitest tells what a tear-down throws, but does not fail for it.
      console.error(error);
      process.exitCode = 1;
    }
    await region.stop();
  };
}
