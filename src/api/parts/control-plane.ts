import { z } from 'zod';
import { MAX_API_SERVERS, MAX_INGRESS_HOSTS, MAX_ZONES } from '../limits.ts';
import { addressing, partBase, partStatus, size } from './common.ts';

/** `HikubeControlPlane.spec`. The object is named exactly as the claim (decision control-plane-named-as-claim). */
export const controlPlaneSpec = z
  .object({
    ...partBase,
    version: z.string().describe('Kubernetes version, vX.Y.Z.'),
    replicas: z.int().min(1).max(MAX_API_SERVERS).describe('API servers.'),
    zones: z.array(z.string()).min(1).max(MAX_ZONES).describe('Zones the API servers are spread over.'),
    dataStore: z.string().describe('DataStore the API servers store in.'),
    apiServer: size.describe('Size of each API server.'),
    controllerManager: size.describe('Size of each controller manager.'),
    scheduler: size.describe('Size of each scheduler.'),
    konnectivity: size.describe('Size of each tunnel server.'),
    konnectivityVersion: z
      .string()
      .optional()
      .describe('Tunnel version, where the one derived from Kubernetes does not exist.'),
    endpoint: z
      .object({
        host: z.string().describe('Public host name of the API.'),
        ingressClass: z.string().describe('Ingress class that passes TLS through.'),
      })
      .optional()
      .describe('Public endpoint; absent until its host name is reserved for this cluster.'),
    ingress: z
      .object({
        hosts: z.array(z.string()).min(1).max(MAX_INGRESS_HOSTS).describe('Host names reserved for this cluster.'),
        ingressClass: z.string().describe('Ingress class that passes TLS through.'),
      })
      .optional()
      .describe("Host names the tenant's shared ingress passes to the nodes of this cluster."),
    network: addressing.describe('Addresses of the cluster.'),
    maxNodes: z.int().min(1).optional().describe('Most nodes the autoscaler brings the cluster to.'),
    images: z
      .object({
        autoscaler: z.string().describe('Cluster autoscaler image.'),
        cloudControllerManager: z.string().describe('KubeVirt cloud controller manager image.'),
        csiDriver: z.string().describe('KubeVirt CSI driver image.'),
        csiProvisioner: z.string().describe('CSI provisioner image.'),
        csiAttacher: z.string().describe('CSI attacher image.'),
        csiResizer: z.string().describe('CSI resizer image.'),
        csiLivenessProbe: z.string().describe('CSI liveness probe image.'),
        waitForKubeconfig: z.string().describe('Image of the init container that waits for the kubeconfig.'),
      })
      .describe('Images of the components that run beside the control plane.'),
    storageClasses: z.array(z.string()).max(32).describe('Platform storage classes the cluster may use.'),
    defaultStorageClass: z.string().describe('Default storage class.'),
  })
  .describe('Resolved control plane of one cluster.');
export type ControlPlaneSpec = z.infer<typeof controlPlaneSpec>;

export const controlPlaneStatus = partStatus
  .extend({
    version: z.string().optional().describe('Version the API servers run.'),
    replicas: z.int().optional().describe('API servers wanted.'),
    readyReplicas: z.int().optional().describe('API servers ready.'),
    initialized: z.boolean().optional().describe('Whether the API has answered once; stays true.'),
    reachable: z.boolean().optional().describe('Whether Cluster API reaches the API now.'),
    address: z.string().optional().describe('Address at which the shared ingress serves the API, for DNS.'),
    hosts: z
      .array(z.string())
      .optional()
      .describe('Host names the Ingresses have. They stay reserved until no Ingress has them.'),
    hostsAt: z.int().optional().describe('Generation of this part at which they were told.'),
    ingressAddress: z.string().optional().describe('Address at which the shared ingress serves the hosts, for DNS.'),
  })
  .describe('State of the control plane.');
export type ControlPlaneStatus = z.infer<typeof controlPlaneStatus>;
