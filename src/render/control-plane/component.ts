import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { JsonObject } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, nameFor, names, shortHash } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { metadataOf } from '../metadata.ts';
import type { Rendered } from '../types.ts';
import { container } from './container.ts';
import { COMPONENT } from './resource-names.ts';

/** A program that runs on the platform beside the control plane and works in the tenant cluster. */
export interface Component {
  /** Stable word for names and composition resource names, for example `csi`. */
  program: string;
  /** ClusterRole of the package with the rights it needs in the claim's namespace. */
  clusterRole: string;
  containers: JsonObject[];
  volumes?: JsonObject[];
  /** Configuration files; the pods roll when they change. */
  config?: { [file: string]: string };
  /** How pods are replaced; absent where two at once do no harm, because the program elects a leader. */
  strategy?: JsonObject;
}

/** Volume with the kubeconfig of the tenant cluster; Kamaji's provider writes it some time after the pods exist. */
const KUBECONFIG_VOLUME = 'kubeconfig';
/** Directory of that volume. */
const KUBECONFIG_DIR = '/etc/kubernetes/kubeconfig';
/** The kubeconfig itself. */
export const KUBECONFIG_FILE = `${KUBECONFIG_DIR}/value`;

/**
 * Renders a component: its identity, its rights in the claim's namespace, its configuration and its Deployment.
 *
 * The rights are ClusterRoles of the package, only bound here: Crossplane could not write Roles that grant more than
 * it has itself, and so need not have those rights.
 */
export function renderComponent(id: ClusterId, spec: ControlPlaneSpec, component: Component): Rendered {
  const { program, clusterRole, config } = component;
  const name = nameFor(id, program);
  const rendered: Rendered = new Map([
    [COMPONENT.account(program), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(id, name) }],
    [COMPONENT.roleBinding(program), roleBinding(id, name, clusterRole)],
  ]);
  if (config) {
    rendered.set(COMPONENT.config(program), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataOf(id, name),
      data: config,
    });
  }
  return rendered.set(program, deployment(id, spec, name, component));
}

/** Name of a component's ConfigMap. */
export function configName(id: ClusterId, program: string): string {
  return nameFor(id, program);
}

/** Mount of the tenant kubeconfig. */
export function kubeconfigMount(mountPath = KUBECONFIG_DIR): JsonObject {
  return { name: KUBECONFIG_VOLUME, mountPath, readOnly: true };
}

function roleBinding(id: ClusterId, name: string, clusterRole: string): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadataOf(id, name),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [{ kind: 'ServiceAccount', name, namespace: id.namespace }],
  };
}

function deployment(id: ClusterId, spec: ControlPlaneSpec, name: string, component: Component): KubeObject {
  const { program, containers, volumes = [], config, strategy } = component;
  const selector = { 'app.kubernetes.io/name': program, 'app.kubernetes.io/instance': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(id, name, selector),
    spec: present({
      replicas: 1,
      strategy,
      selector: { matchLabels: selector },
      template: {
        metadata: present({
          labels: {
            ...selector,
            [CLUSTER_LABEL]: id.name,
            // On Cozystack only pods that say so may reach the platform's own API.
            'policy.cozystack.io/allow-to-apiserver': 'true',
          },
          annotations: config && { 'hikube.cloud/config-hash': shortHash(JSON.stringify(config)) },
        }),
        spec: {
          serviceAccountName: name,
          enableServiceLinks: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          initContainers: [waitForKubeconfig(spec)],
          containers,
          volumes: [
            {
              name: KUBECONFIG_VOLUME,
              secret: {
                secretName: names.kubeconfigSecret(id),
                optional: true,
                items: [{ key: 'value', path: 'value' }],
              },
            },
            ...volumes,
          ],
        },
      },
    }),
  };
}

/** The Secret is optional, so that pods are placed before the control plane is there; programs start once it is. */
function waitForKubeconfig({ images }: ControlPlaneSpec): JsonObject {
  return container({
    name: 'wait-for-kubeconfig',
    image: images.waitForKubeconfig,
    command: ['sh', '-c', `until [ -s ${KUBECONFIG_FILE} ]; do sleep 1; done`],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '50m', memory: '32Mi' } },
    volumeMounts: [kubeconfigMount()],
  });
}
