import { at, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { clusterSecretLabels, KUBECONFIG_KEY_ANNOTATION } from './provider-spec.ts';

interface Trio {
  controlPlane: KubeObject;
  cluster: KubeObject;
  tenant: KubeObject;
}

/** Writes the two Secrets Cluster API expects of every control plane: `<cluster>-kubeconfig` and `<cluster>-ca`. */
export async function writeClusterSecrets(kube: Kube, trio: Trio): Promise<void> {
  await writeKubeconfig(kube, trio);
  await writeAuthority(kube, trio);
}

async function writeKubeconfig(kube: Kube, trio: Trio): Promise<void> {
  const { controlPlane, tenant } = trio;
  const source = await sourceOf(kube, tenant, str(at(tenant, 'status', 'kubeconfig', 'admin', 'secretName')));
  const advertised = str(at(controlPlane, 'spec', 'network', 'advertiseAddress'));
  const key =
    controlPlane.metadata.annotations?.[KUBECONFIG_KEY_ANNOTATION] || (advertised ? 'admin.svc' : 'admin.conf');
  const value = source.data?.[key];
  if (!value) throw new Error(`missing key ${key} from TenantControlPlane admin kubeconfig secret`);
  await write(kube, trio, 'kubeconfig', { value });
}

async function writeAuthority(kube: Kube, trio: Trio): Promise<void> {
  const { cluster, tenant } = trio;
  const existing = await kube.get('v1/Secret', `${cluster.metadata.name}-ca`, cluster.metadata.namespace);
  // A control plane named as its Cluster: the Secret of that name is Kamaji's own and is left as it is.
  if (existing?.metadata.ownerReferences?.[0]?.kind === 'TenantControlPlane') return;
  const source = await sourceOf(kube, tenant, str(at(tenant, 'status', 'certificates', 'ca', 'secretName')));
  const [certificate, key] = [source.data?.['ca.crt'], source.data?.['ca.key']];
  if (!certificate || !key) throw new Error('missing certificate or key from TenantControlPlane CA');
  await write(kube, trio, 'ca', { 'tls.crt': certificate, 'tls.key': key });
}

async function sourceOf(kube: Kube, tenant: KubeObject, name: string | undefined): Promise<KubeObject> {
  const secret = name ? await kube.get('v1/Secret', name, tenant.metadata.namespace) : undefined;
  if (!secret) throw new Error('cannot retrieve source-of-truth: still unprocessed by Kamaji');
  return secret;
}

async function write(kube: Kube, trio: Trio, kind: string, data: Record<string, string>): Promise<void> {
  const { controlPlane, cluster, tenant } = trio;
  const name = `${cluster.metadata.name}-${kind}`;
  const { namespace } = cluster.metadata;
  const current = await kube.get('v1/Secret', name, namespace);
  if (current && Object.entries(data).every(([key, value]) => current.data?.[key] === value)) return;
  await kube.apply(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        namespace,
        labels: clusterSecretLabels(kind, cluster.metadata.name, tenant.metadata.name, current?.metadata.labels),
        ownerReferences: [
          {
            apiVersion: controlPlane.apiVersion,
            kind: controlPlane.kind,
            name: controlPlane.metadata.name,
            uid: controlPlane.metadata.uid ?? '',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      type: 'cluster.x-k8s.io/secret',
      data,
    },
    { fieldManager: 'kamaji-control-plane-provider' },
  );
}
