import { join } from 'node:path';
import { startControllerManager } from '../../control-plane/controller-manager.ts';
import { writePki } from '../../control-plane/pki.ts';
import { startScheduler } from '../../control-plane/scheduler.ts';
import { at, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { freePorts } from '../../ports.ts';
import type { Running, Supervisor } from '../../process.ts';
import type { StandInContext } from '../stand-in.ts';
import type { TenantKeys } from './tenant-secrets.ts';

/** The controller manager and scheduler of each tenant; of the replicas' programs only the leading one is run. */
export interface TenantPrograms {
  /** Starts what does not run yet, or anew as another minor (`1.34`); does not wait for it. */
  ensure(tenant: KubeObject, keys: TenantKeys, server: string, minor: string): void;
  stop(key: string): Promise<void>;
  stopAll(): Promise<void>;
}

/** Keeps tenants' controller managers and schedulers; `ended` is called with the tenant's key when one ends. */
export function tenantPrograms(context: StandInContext, ended: (key: string) => void): TenantPrograms {
  const started = new Map<string, { minor: string; programs: Promise<Running[]> }>();

  const stop = async (key: string): Promise<void> => {
    const entry = started.get(key);
    started.delete(key);
    await end(entry?.programs);
  };

  return {
    ensure(tenant, keys, server, minor) {
      const key = `${tenant.metadata.namespace}/${tenant.metadata.name}`;
      const before = started.get(key);
      if (before?.minor === minor) return;
      const programs = end(before?.programs).then(() => start(context, tenant, keys, server, minor));
      started.set(key, { minor, programs });
      programs
        .then(all => Promise.race(all.map(running => running.exited)))
        .catch((error: unknown) => context.log(`${key}: ${error instanceof Error ? error.message : String(error)}`))
        .then(async () => {
          if (started.get(key)?.programs !== programs) return;
          await stop(key);
          ended(key);
        });
    },
    stop,
    stopAll: async () => void (await Promise.all([...started.keys()].map(stop))),
  };
}

async function end(programs: Promise<Running[]> | undefined): Promise<void> {
  for (const running of (await programs?.catch(() => [])) ?? []) await running.stop();
}

async function start(
  context: StandInContext,
  tenant: KubeObject,
  keys: TenantKeys,
  server: string,
  minor: string,
): Promise<Running[]> {
  const { name, namespace } = tenant.metadata;
  const supervisor: Supervisor = context.processes;
  const dir = join(context.dir, 'tenants', `${namespace}`, name);
  const pki = await writePki(dir, keys);
  const [manager = 0, scheduler = 0] = await freePorts(2);
  const network = at(tenant, 'spec', 'networkProfile');
  // A program newer than its API server watches kinds that this does not serve yet, and waits for them for ever.
  const shared = { supervisor, dir, server, pki, emulatedVersion: minor };
  return Promise.all([
    startControllerManager({
      ...shared,
      binary: context.binaries('kube-controller-manager'),
      name: `kube-controller-manager-${namespace}-${name}`,
      port: manager,
      // The guests renew their leases, so nodes are watched as in life; that also takes off the first not-ready taint.
      controllers: ['*', 'bootstrap-signer-controller', 'token-cleaner-controller'],
      extraArgs: [
        '--allocate-node-cidrs=true',
        `--cluster-cidr=${str(at(network, 'podCidr')) ?? '10.244.0.0/16'}`,
        `--service-cluster-ip-range=${str(at(network, 'serviceCidr')) ?? '10.96.0.0/16'}`,
      ],
    }),
    startScheduler({
      ...shared,
      binary: context.binaries('kube-scheduler'),
      name: `kube-scheduler-${namespace}-${name}`,
      port: scheduler,
    }),
  ]);
}
