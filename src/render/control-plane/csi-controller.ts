import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { JsonObject } from '../../base/json.ts';
import { CLUSTER_API_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Rendered } from '../types.ts';
import { configName, KUBECONFIG_FILE, kubeconfigMount, renderComponent } from './component.ts';
import { container, httpLiveness } from './container.ts';
import { recreate } from './recreate.ts';

/** The program, and what its Deployment is composed as. */
export const CSI_CONTROLLER = 'csi-controller';
const SOCKET_DIR = '/csi';
const SOCKET = `${SOCKET_DIR}/csi.sock`;
const HEALTH_PORT = 10301;

/**
 * Controller half of the KubeVirt CSI driver: volumes of the tenant become DataVolumes in the claim's namespace, of
 * the storage classes the cluster may use and no others. The node half comes with the release `csi`. It elects no
 * leader, so that its pods never run side by side.
 *
 * @param observed the Deployment as it is
 */
export function csiController(id: ClusterId, spec: ControlPlaneSpec, observed?: KubeObject): Rendered {
  const { images } = spec;
  const sidecar = (name: string, image: string, ...args: string[]): JsonObject =>
    container({
      name,
      image,
      args: [`--csi-address=${SOCKET}`, ...args],
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      volumeMounts: [socketMount(), kubeconfigMount()],
    });
  const tenant = [`--kubeconfig=${KUBECONFIG_FILE}`, '--timeout=3m', '--leader-election=false'];
  return renderComponent(id, spec, {
    program: CSI_CONTROLLER,
    clusterRole: 'hikube:csi-controller',
    config: driverConfig(id, spec),
    strategy: recreate(observed),
    volumes: [{ name: 'socket', emptyDir: {} }],
    containers: [
      driver(id, spec),
      sidecar('provisioner', images.csiProvisioner, ...tenant, '--default-fstype=ext4', '--retry-interval-max=1m'),
      sidecar('attacher', images.csiAttacher, ...tenant, '--retry-interval-max=1m'),
      sidecar('resizer', images.csiResizer, ...tenant, '--handle-volume-inuse-error=false'),
      sidecar('liveness-probe', images.csiLivenessProbe, `--health-port=${HEALTH_PORT}`, '--probe-timeout=3s'),
    ],
  });
}

function driver(id: ClusterId, { images }: ControlPlaneSpec): JsonObject {
  return container({
    name: 'driver',
    image: images.csiDriver,
    args: [
      `--endpoint=unix://${SOCKET}`,
      '--infra-cluster-namespace=$(INFRA_CLUSTER_NAMESPACE)',
      '--infra-cluster-labels=$(INFRA_CLUSTER_LABELS)',
      `--tenant-cluster-kubeconfig=${KUBECONFIG_FILE}`,
      '--run-node-service=false',
      '--run-controller-service=true',
    ],
    env: [
      fromConfig(id, 'INFRA_CLUSTER_NAMESPACE', 'infraClusterNamespace'),
      fromConfig(id, 'INFRA_CLUSTER_LABELS', 'infraClusterLabels'),
      fromConfig(id, 'INFRA_STORAGE_CLASS_ENFORCEMENT', 'infraStorageClassEnforcement'),
    ],
    ports: [{ name: 'healthz', containerPort: HEALTH_PORT }],
    livenessProbe: httpLiveness('/healthz', 'healthz'),
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    volumeMounts: [socketMount(), kubeconfigMount()],
  });
}

function driverConfig(id: ClusterId, spec: ControlPlaneSpec): Record<string, string> {
  return {
    infraClusterNamespace: id.namespace,
    infraClusterLabels: `${CLUSTER_API_LABEL}=${names.controlPlane(id)}`,
    infraStorageClassEnforcement: [
      'allowAll: false',
      'allowDefault: false',
      `allowList: ${JSON.stringify(spec.storageClasses)}`,
      '',
    ].join('\n'),
  };
}

function fromConfig(id: ClusterId, name: string, key: string): JsonObject {
  return { name, valueFrom: { configMapKeyRef: { name: configName(id, CSI_CONTROLLER), key } } };
}

function socketMount(): JsonObject {
  return { name: 'socket', mountPath: SOCKET_DIR };
}
