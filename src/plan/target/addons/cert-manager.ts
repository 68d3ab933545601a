import { at, inKeyOrder, isObject } from '../../../base/json.ts';
import { shortHash } from '../../../base/names.ts';
import { gatewayIsOn } from './cilium.ts';
import { merged, release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

/** Issuer that the documentation's how-to uses and no page creates (H68). */
const ISSUER = 'letsencrypt-prod';

/** cert-manager, and with it the issuer for Let's Encrypt. */
export const certManager: Addon = {
  key: 'certManager',
  spellings: ['certManager', 'cert-manager'],
  releases(context, override) {
    const { namespace } = context.catalog.charts['cert-manager'];
    const { email, server } = context.catalog.acme;
    const given = currentSpelling(override);
    const own = values(context, namespace);
    return {
      'cert-manager': release(context, 'cert-manager', {
        values: merged(own, restarts(merged(own, given))),
        override: given,
      }),
      issuers: release(context, 'csi', {
        namespace,
        dependsOn: ['cert-manager'],
        // The issuer is ready once Let's Encrypt has answered, which is not for the cluster to wait for.
        wait: false,
        values: { clusterIssuer: { enabled: true, name: ISSUER, email, server, ingressClassName: 'nginx' } },
      }),
    };
  },
};

function values(context: AddonContext, namespace: string): Values {
  return {
    crds: { enabled: true, keep: true },
    global: { leaderElection: { namespace } },
    // The port the chart would take is the kubelet's, should the tenant move the webhook to the host network.
    webhook: { securePort: 10260 },
    ...(gatewayIsOn(context)
      ? {
          config: {
            apiVersion: 'controller.config.cert-manager.io/v1alpha1',
            kind: 'ControllerConfiguration',
            gatewayAPI: { enabled: true },
          },
        }
      : {}),
  };
}

/**
 * Controller, webhook and injector read their configuration at the start alone, and the chart does not restart them: a
 * hash of it among the annotations of their Pods does.
 */
function restarts(values: Values): Values {
  const annotated = (config: unknown): Values =>
    isObject(config) && Object.keys(config).length > 0
      ? { podAnnotations: { 'hikube.cloud/config': shortHash(JSON.stringify(inKeyOrder(config))) } }
      : {};
  const part = (name: string): Values => {
    const annotations = annotated(at(values, name, 'config'));
    return 'podAnnotations' in annotations ? { [name]: annotations } : {};
  };
  return {
    ...annotated(values.config),
    ...part('webhook'),
    ...part('cainjector'),
  };
}

/** The documented `installCRDs` is the old name of `crds.enabled`; the chart refuses both together. */
function currentSpelling({ installCRDs, ...values }: Values): Values {
  return installCRDs === undefined || 'crds' in values ? values : { ...values, crds: { enabled: installCRDs } };
}
