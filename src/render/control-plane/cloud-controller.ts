import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { CLUSTER_API_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import { toYaml } from '../../base/yaml.ts';
import type { Rendered } from '../types.ts';
import { configName, KUBECONFIG_FILE, kubeconfigMount, renderComponent } from './component.ts';
import { container } from './container.ts';

const PROGRAM = 'cloud-controller';
const CONFIG_DIR = '/etc/cloud';
const CONFIG_FILE = 'cloud-config';

/**
 * KubeVirt cloud controller manager: gives load balancer Services of the tenant an address on the platform and tells
 * Nodes what they are. Zones come from the kubelet, so it needs no right to read the platform's nodes.
 */
export function cloudController(id: ClusterId, spec: ControlPlaneSpec): Rendered {
  return renderComponent(id, spec, {
    program: PROGRAM,
    clusterRole: 'hikube:cloud-controller',
    config: { [CONFIG_FILE]: cloudConfig(id) },
    volumes: [{ name: 'config', configMap: { name: configName(id, PROGRAM) } }],
    containers: [
      container({
        name: 'cloud-controller-manager',
        image: spec.images.cloudControllerManager,
        command: ['/bin/kubevirt-cloud-controller-manager'],
        args: [
          '--cloud-provider=kubevirt',
          `--cloud-config=${CONFIG_DIR}/${CONFIG_FILE}`,
          `--kubeconfig=${KUBECONFIG_FILE}`,
          `--cluster-name=${names.controlPlane(id)}`,
          '--authentication-skip-lookup=true',
          '--configure-cloud-routes=false',
          // Cluster API takes the Node away with its Machine. This controller would do so whenever KubeVirt makes a
          // machine's instance anew, as after the loss of a zone, and a Machine without its Node is replaced at once.
          '--controllers=*,-cloud-node-lifecycle',
        ],
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
        volumeMounts: [kubeconfigMount(), { name: 'config', mountPath: CONFIG_DIR, readOnly: true }],
      }),
    ],
  });
}

/** No path to a kubeconfig of the platform: the ServiceAccount is used. */
function cloudConfig(id: ClusterId): string {
  return toYaml({
    kubeconfig: '',
    namespace: id.namespace,
    infraLabels: { [CLUSTER_API_LABEL]: names.controlPlane(id) },
    loadBalancer: {
      enabled: true,
      creationPollInterval: 5,
      creationPollTimeout: 60,
      selectorless: true,
      enableEPSController: true,
    },
    instancesV2: { enabled: true, zoneAndRegionEnabled: false },
  });
}
