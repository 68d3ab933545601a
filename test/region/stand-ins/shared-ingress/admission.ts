import { at, obj, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { startWebhook, type Webhook } from '../webhook.ts';
import { claimedPaths, served } from './routes.ts';

/**
 * The admission of ingress-nginx: a host and path belong to one Ingress. It answers 400, on which Crossplane gives up its
 * whole round, so whoever renders two of a kind is never done.
 */
export async function startIngressAdmission(kube: Kube, log: Log, current: () => KubeObject[]): Promise<Webhook> {
  const webhook = await startWebhook('ingress-nginx', log, async request => {
    const message = overlap(asIngress(at(request, 'object')), current());
    return message === undefined ? undefined : { code: 400, reason: 'BadRequest', message };
  });
  await kube.apply(configuration(webhook));
  return webhook;
}

/** Why an Ingress may not be written beside the others; undefined when it may. */
export function overlap(ingress: KubeObject, others: KubeObject[]): string | undefined {
  const { name, namespace } = ingress.metadata;
  const strangers = served(others).filter(({ metadata }) => metadata.name !== name || metadata.namespace !== namespace);
  for (const { host, path } of served([ingress]).flatMap(claimedPaths)) {
    const holder = strangers.find(other => claimedPaths(other).some(own => own.host === host && own.path === path));
    if (!holder) continue;
    return `host "${host}" and path "${path}" is already defined in ingress ${holder.metadata.namespace}/${holder.metadata.name}`;
  }
  return undefined;
}

function asIngress(object: unknown): KubeObject {
  const metadata = obj(at(object, 'metadata'));
  const namespace = str(metadata.namespace);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: str(metadata.name) ?? '', ...(namespace && { namespace }) },
    spec: obj(at(object, 'spec')),
  };
}

function configuration({ url, caBundle }: Webhook): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'ingress-nginx-admission' },
    webhooks: [
      {
        name: 'validate.nginx.ingress.kubernetes.io',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        clientConfig: { url: `${url}/networking/v1/ingresses`, caBundle },
        rules: [
          {
            apiGroups: ['networking.k8s.io'],
            apiVersions: ['v1'],
            resources: ['ingresses'],
            operations: ['CREATE', 'UPDATE'],
          },
        ],
      },
    ],
  };
}
