import { isObject, type JsonObject, stringAt } from '../../../base/json.ts';
import { merged, release } from './release.ts';
import type { Addon, Values } from './types.ts';

/** Controllers the documentation's `resources` are meant for; the chart has no such key. */
const CONTROLLERS = ['sourceController', 'kustomizeController', 'helmController', 'notificationController'];

/** Flux inside the cluster, and with `gitRepository` the repository it applies (H71). */
export const fluxcd: Addon = {
  key: 'fluxcd',
  spellings: ['fluxcd', 'fluxCD', 'flux2'],
  releases(context, override) {
    const { gitRepository, resources, ...values } = override;
    const flux = release(context, 'fluxcd', {
      values: isObject(resources) ? forEachController(resources) : {},
      override: values,
    });
    const repository = gitops(gitRepository);
    if (!repository) return { fluxcd: flux };
    return {
      fluxcd: flux,
      gitops: release(context, 'csi', {
        namespace: flux.namespace,
        dependsOn: ['fluxcd'],
        // A private repository syncs only after the tenant has put its credentials beside it.
        wait: false,
        values: { gitops: repository },
      }),
    };
  },
};

function forEachController(resources: JsonObject): Values {
  return CONTROLLERS.reduce<Values>((values, name) => merged(values, { [name]: { resources } }), {});
}

/** Flux looks once a minute (H72). */
function gitops(gitRepository: unknown): JsonObject | undefined {
  const url = stringAt(gitRepository, 'url');
  if (!url) return undefined;
  const branch = stringAt(gitRepository, 'branch');
  const path = stringAt(gitRepository, 'path');
  return { url: asUrl(url), interval: '1m', ...(branch ? { branch } : {}), ...(path ? { path } : {}) };
}

/** `git@host:path` is what Git hosts show for copying; Flux wants it as a URL. */
function asUrl(address: string): string {
  const scp = /^([\w.-]+@[\w.-]+):(?!\/\/)(.+)$/.exec(address);
  return scp ? `ssh://${scp[1]}/${scp[2]}` : address;
}
