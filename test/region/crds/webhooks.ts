import { at, list, obj, str } from '../json.ts';
import type { KubeObject } from '../kube-types.ts';
import { modules, type PinnedModule } from './modules.ts';
import { moduleObjects } from './source.ts';

/** A process that serves webhooks, at a url because it runs beside the API server and not behind a Service. */
export interface WebhookServer {
  /** For example `https://127.0.0.1:9443`. */
  url: string;
  /** PEM of the authority that signed its certificate. */
  ca: string;
}

export type WebhookPart = keyof typeof parts;

/** Upstream's webhook configurations of one program, with their Service replaced by that program's url. */
export async function loadWebhooks(
  part: WebhookPart,
  server: WebhookServer,
  log: (line: string) => void,
): Promise<KubeObject[]> {
  const source: Part = parts[part];
  const objects = await moduleObjects(source.module, source.path, log);
  return objects.map(object => ({
    ...object,
    // Kubebuilder gives the configurations of every program the same names.
    metadata: { name: source.prefix + object.metadata.name },
    webhooks: list(object.webhooks).map(webhook => ({
      ...obj(webhook),
      clientConfig: webhookClient(server, str(at(webhook, 'clientConfig', 'service', 'path')) ?? ''),
    })),
  }));
}

/** A clientConfig that calls the program at its url. */
export function webhookClient(server: WebhookServer, path: string): { url: string; caBundle: string } {
  return { url: server.url + path, caBundle: Buffer.from(server.ca).toString('base64') };
}

interface Part {
  module: PinnedModule;
  path: string;
  prefix: string;
}

const parts = {
  crossplane: { module: modules.crossplane, path: 'cluster/webhookconfigurations/usage.yaml', prefix: '' },
  'capi-core': { module: modules.clusterApi, path: 'core/config/webhook/manifests.yaml', prefix: 'capi-' },
  cabpk: {
    module: modules.clusterApi,
    path: 'bootstrap/kubeadm/config/webhook/manifests.yaml',
    prefix: 'capi-kubeadm-bootstrap-',
  },
  capk: { module: modules.capk, path: 'config/webhook/manifests.yaml', prefix: 'capk-' },
} as const satisfies Record<string, Part>;
