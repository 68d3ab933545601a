import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { POOL_ZONE_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { Rendered } from '../types.ts';
import { KUBECONFIG_FILE, kubeconfigMount, renderComponent } from './component.ts';
import { container, httpLiveness } from './container.ts';

const PORT = 8085;

/**
 * cluster-autoscaler: watches the tenant cluster by its kubeconfig and scales MachineDeployments in the claim's
 * namespace by its ServiceAccount.
 */
export function autoscaler(id: ClusterId, spec: ControlPlaneSpec): Rendered {
  return renderComponent(id, spec, {
    program: 'cluster-autoscaler',
    clusterRole: 'hikube:cluster-autoscaler',
    containers: [
      container({
        name: 'cluster-autoscaler',
        image: spec.images.autoscaler,
        command: ['./cluster-autoscaler'],
        args: [
          '--cloud-provider=clusterapi',
          `--kubeconfig=${KUBECONFIG_FILE}`,
          '--clusterapi-cloud-config-authoritative',
          `--node-group-auto-discovery=clusterapi:namespace=${id.namespace},clusterName=${names.controlPlane(id)}`,
          '--enforce-node-group-min-size=true',
          '--balance-similar-node-groups=true',
          `--balancing-ignore-label=${POOL_ZONE_LABEL}`,
          '--expander=least-waste',
          '--ignore-daemonsets-utilization=true',
          '--ignore-mirror-pods-utilization=true',
          '--skip-nodes-with-local-storage=false',
          '--skip-nodes-with-system-pods=false',
          '--scan-interval=25s',
          '--scale-down-delay-after-add=5m',
          '--scale-down-unneeded-time=5m',
          // Nodes that are not ready are the health check's, which knows of lost zones.
          '--scale-down-unready-enabled=false',
          // Groups are bounded one by one; their sum by the Pod addresses they share.
          ...(spec.maxNodes === undefined ? [] : [`--max-nodes-total=${spec.maxNodes}`]),
          `--address=:${PORT}`,
        ],
        // Autoscalers of the older minors read no newer version of Cluster API than this one.
        env: [{ name: 'CAPI_VERSION', value: 'v1beta1' }],
        ports: [{ name: 'http', containerPort: PORT }],
        livenessProbe: httpLiveness('/health-check', 'http'),
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
        volumeMounts: [kubeconfigMount()],
      }),
    ],
  });
}
