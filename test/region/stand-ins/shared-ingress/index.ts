import { runController } from '../../controller.ts';
import { at, list, num } from '../../json.ts';
import type { GVK, KubeObject } from '../../kube.ts';
import type { PodNetwork } from '../nodes/index.ts';
import type { PolicyRule, StandInContext } from '../stand-in.ts';
import { startIngressAdmission } from './admission.ts';
import { startHttpRouter } from './http-router.ts';
import { type Backend, INGRESS_CLASS, passThrough, plain, served } from './routes.ts';
import { startTlsRouter } from './tls-router.ts';

const INGRESS: GVK = 'networking.k8s.io/v1/Ingress';

/** Public address of the shared ingress, of a range reserved for documentation: nothing real answers there. */
const PUBLIC_ADDRESS = '203.0.113.10';

/** The platform's shared ingress, as the world outside sees it. */
export interface SharedIngress {
  address: string;
  /** Which port of this machine stands for a port of that address. */
  ports: ReadonlyMap<number, number>;
  stop(): Promise<void>;
}

/**
 * Stand-in for the platform's shared ingress controller (ingress-nginx with `--enable-ssl-passthrough`). It reads the
 * Ingresses of its class, publishes its address in their status, passes TLS through by the name the client asks for and
 * sends plain HTTP on. It ends no TLS itself: the platform serves nothing of its own here.
 */
export async function startSharedIngress(context: StandInContext, network: PodNetwork): Promise<SharedIngress> {
  const { kube, log } = context;
  const ingresses = new Map<string, KubeObject>();
  const current = (): KubeObject[] => [...ingresses.values()];
  await kube.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: INGRESS_CLASS },
    spec: { controller: 'k8s.io/ingress-nginx' },
  });

  const open = async ({ namespace, service, port }: Backend) => {
    const found = typeof port === 'number' ? port : portNamed(await kube.get('v1/Service', service, namespace), port);
    return network.connect(`${service}.${namespace}.svc`, found);
  };
  const tls = await startTlsRouter(host => {
    const backend = passThrough(host, current());
    return backend && open(backend);
  });
  const http = await startHttpRouter((host, path) => plain(host, path, current()), open);

  const unfollow = kube.watch(
    INGRESS,
    ({ type, object }) => {
      const key = `${object.metadata.namespace}/${object.metadata.name}`;
      if (type === 'DELETED') ingresses.delete(key);
      else ingresses.set(key, object);
    },
    { log },
  );
  const admission = await startIngressAdmission(kube, log, current);
  const publisher = runController({
    name: 'shared-ingress',
    kube,
    log,
    watches: [{ kind: INGRESS }],
    async reconcile({ namespace, name }) {
      const ingress = await kube.get(INGRESS, name, namespace);
      if (!ingress || ingress.metadata.deletionTimestamp || served([ingress]).length === 0) return;
      if (at(ingress, 'status', 'loadBalancer', 'ingress', 0, 'ip') === PUBLIC_ADDRESS) return;
      const status = { loadBalancer: { ingress: [{ ip: PUBLIC_ADDRESS }] } };
      await kube.mergePatch(INGRESS, name, namespace, { status }, 'status');
    },
  });

  return {
    address: PUBLIC_ADDRESS,
    ports: new Map([
      [443, tls.port],
      [80, http.port],
    ]),
    async stop() {
      unfollow();
      await Promise.all([publisher, admission, tls, http].map(part => part.stop()));
    },
  };
}

function portNamed(service: KubeObject | undefined, name: string): number {
  const entry = list(at(service, 'spec', 'ports')).find(port => at(port, 'name') === name);
  const port = num(at(entry, 'port'));
  if (port === undefined) throw new Error(`cannot reach the Service's port ${name}: there is none`);
  return port;
}

/** What an ingress controller's own role allows. */
export const rules: PolicyRule[] = [
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update', 'patch'] },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingressclasses'],
    verbs: ['get', 'list', 'watch', 'create', 'patch'],
  },
  { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations'],
    verbs: ['get', 'create', 'patch'],
  },
];
