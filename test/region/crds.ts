import { join } from 'node:path';
import { modules, type PinnedModule } from './crds/modules.ts';
import { readObjects } from './crds/read.ts';
import { moduleObjects } from './crds/source.ts';
import { type WebhookServer, webhookClient } from './crds/webhooks.ts';
import { at, str } from './json.ts';
import type { KubeObject } from './kube-types.ts';
import { completeTenantControlPlaneCrd } from './stand-ins/kamaji/crd.ts';

export { loadWebhooks, type WebhookPart, type WebhookServer } from './crds/webhooks.ts';

export interface CrdOptions {
  /** Where Cluster API's two programs convert between versions; without them CAPK waits for ever for v1beta1. */
  conversion: { core: WebhookServer; bootstrap: WebhookServer };
  log: (line: string) => void;
}

/** Every custom resource definition of the region, ready to apply: upstream's from Go modules, and our own few. */
export async function loadCrds({ conversion, log }: CrdOptions): Promise<KubeObject[]> {
  const upstream = await Promise.all(
    sources.map(async source => {
      const crds = await moduleObjects(source.module, source.path, log);
      return crds.filter(crd => !source.without?.includes(kindOf(crd))).map(crd => prepare(crd, source, conversion));
    }),
  );
  return [...upstream.flat(), ...(await ownCrds())];
}

/** The definitions of kinds that no Go module carries, written by us for the fields we use. */
export function ownCrds(): Promise<KubeObject[]> {
  return readObjects(join(import.meta.dirname, 'crds', 'own'));
}

interface Source {
  module: PinnedModule;
  /** A folder or a file within the module. */
  path: string;
  /** Tell Cluster API which version of the kind fulfils which version of its contract. */
  labels?: Record<string, string>;
  /** Kinds that nothing in the region reads; the API server needs seconds for the larger ones. */
  without?: string[];
  conversion?: keyof CrdOptions['conversion'];
  change?: (crd: KubeObject) => KubeObject;
}

const clusterApiContract = { 'cluster.x-k8s.io/v1beta1': 'v1beta1', 'cluster.x-k8s.io/v1beta2': 'v1beta2' };

const sources: Source[] = [
  { module: modules.crossplane, path: 'cluster/crds' },
  { module: modules.clusterApi, path: 'core/config/crd/bases', labels: clusterApiContract, conversion: 'core' },
  {
    module: modules.clusterApi,
    path: 'bootstrap/kubeadm/config/crd/bases',
    labels: clusterApiContract,
    conversion: 'bootstrap',
  },
  {
    module: modules.capk,
    path: 'config/crd/bases',
    labels: { 'cluster.x-k8s.io/v1beta1': 'v1alpha1' },
    without: ['KubevirtClusterTemplate'],
  },
  {
    module: modules.kamajiProvider,
    path: 'config/crd/bases',
    labels: { 'cluster.x-k8s.io/v1beta2': 'v1alpha2' },
    without: ['KamajiControlPlaneTemplate'],
  },
  {
    module: modules.kamaji,
    path: 'config/crd/bases/kamaji.clastix.io_tenantcontrolplanes.yaml',
    change: completeTenantControlPlaneCrd,
  },
  { module: modules.helmController, path: 'config/crd/bases' },
  {
    module: modules.sourceController,
    path: 'config/crd/bases',
    without: ['Bucket', 'ExternalArtifact', 'GitRepository'],
  },
  { module: modules.certManager, path: 'deploy/crds', without: ['Challenge', 'Order'] },
];

function kindOf(crd: KubeObject): string {
  return str(at(crd.spec, 'names', 'kind')) ?? '';
}

function prepare(crd: KubeObject, source: Source, conversion: CrdOptions['conversion']): KubeObject {
  const { annotations: _, ...metadata } = crd.metadata;
  const labelled = { ...crd, metadata: { ...metadata, labels: { ...crd.metadata.labels, ...source.labels } } };
  const changed = source.change ? source.change(labelled) : labelled;
  if (!source.conversion) return changed;
  const webhook = {
    conversionReviewVersions: ['v1'],
    clientConfig: webhookClient(conversion[source.conversion], '/convert'),
  };
  return { ...changed, spec: { ...changed.spec, conversion: { strategy: 'Webhook', webhook } } };
}
