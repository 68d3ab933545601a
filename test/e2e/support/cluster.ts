import { inject } from 'vitest';
import { connect, type Kube } from '../../region/kube.ts';
import type { GVK, KubeObject } from '../../region/kube-types.ts';
import { readKubeconfig, writeKubeconfig } from '../../region/kubeconfig.ts';
import { bootstrapIdentity } from '../../region/stand-ins/kubevirt/guest/tls-bootstrap.ts';
import { at, list, text } from './read.ts';

export const MACHINE_DEPLOYMENT: GVK = 'cluster.x-k8s.io/v1beta2/MachineDeployment';
export const MACHINE_TEMPLATE: GVK = 'infrastructure.cluster.x-k8s.io/v1alpha1/KubevirtMachineTemplate';
export const VIRTUAL_MACHINE: GVK = 'kubevirt.io/v1/VirtualMachine';
export const MACHINE: GVK = 'cluster.x-k8s.io/v1beta2/Machine';

/** The tenant's own API server, by the kubeconfig in its Secret and as seen from inside the platform. */
export async function tenantApi(kube: Kube, claim: KubeObject): Promise<Kube> {
  return connect(await adminKubeconfig(kube, claim), { proxyUrl: inject('region').proxyUrl });
}

/** The administrator's kubeconfig as Kamaji writes it. */
export async function adminKubeconfig(kube: Kube, claim: KubeObject): Promise<string> {
  const name = `${claim.metadata.name}-admin-kubeconfig`;
  const secret = await kube.get('v1/Secret', name, claim.metadata.namespace);
  const encoded = secret?.data?.['super-admin.conf'];
  if (!encoded) throw new Error(`cannot read super-admin.conf of Secret ${name}`);
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** The API server as the kubelet of a node sees it: with a certificate that the cluster signs for that node. */
export async function kubeletOf(cluster: Kube, kubeconfig: string, node: string): Promise<Kube> {
  const { server, ca } = readKubeconfig(kubeconfig);
  const identity = await bootstrapIdentity(cluster, node);
  return connect(writeKubeconfig({ server, ca, ...identity }), { proxyUrl: inject('region').proxyUrl });
}

/** Zones in which Pods with a label stand, one entry per Pod: where the real scheduler put them. */
export async function zonesOfPods(kube: Kube, namespace: string, labelSelector: string): Promise<string[]> {
  const zones = new Map(
    (await kube.list('v1/Node')).map(node => [
      node.metadata.name,
      node.metadata.labels?.['topology.kubernetes.io/zone'],
    ]),
  );
  const pods = await kube.list('v1/Pod', { namespace, labelSelector });
  return pods.map(pod => zones.get(text(pod, 'spec', 'nodeName') ?? '') ?? 'nowhere').sort();
}

/** Device names of a machine template. */
export function devicesOf(template: KubeObject): string[] {
  const domain = at(
    template,
    'spec',
    'template',
    'spec',
    'virtualMachineTemplate',
    'spec',
    'template',
    'spec',
    'domain',
  );
  return list(domain, 'devices', 'gpus').map(gpu => text(gpu, 'deviceName') ?? '');
}

/** Sum of an autoscaler bound over the MachineDeployments of a claim. */
export function sumOfBounds(deployments: KubeObject[], bound: 'min' | 'max'): number {
  const key = `cluster.x-k8s.io/cluster-api-autoscaler-node-group-${bound}-size`;
  return deployments.reduce((sum, deployment) => sum + Number(deployment.metadata.annotations?.[key] ?? Number.NaN), 0);
}
