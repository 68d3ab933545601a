import { at, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { startWebhook, type Webhook } from '../webhook.ts';
import { versionProblem } from './versions.ts';

/** Kamaji's admission of tenant control planes: the API server asks it, whoever writes one. */
export async function startTenantAdmission(kube: Kube, log: Log): Promise<Webhook> {
  const webhook = await startWebhook('kamaji', log, async request => {
    const version = (object: string) => str(at(request, object, 'spec', 'kubernetes', 'version'));
    const message = versionProblem(version('object') ?? '', version('oldObject'));
    return message === undefined ? undefined : { code: 403, reason: 'Forbidden', message };
  });
  await kube.apply(configuration(webhook));
  return webhook;
}

function configuration({ url, caBundle }: Webhook): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'kamaji-validating-webhook-configuration' },
    webhooks: [
      {
        name: 'vtenantcontrolplane.kb.io',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        clientConfig: { url: `${url}/validate-kamaji-clastix-io-v1alpha1-tenantcontrolplane`, caBundle },
        rules: [
          {
            apiGroups: ['kamaji.clastix.io'],
            apiVersions: ['v1alpha1'],
            resources: ['tenantcontrolplanes'],
            operations: ['CREATE', 'UPDATE'],
          },
        ],
      },
    ],
  };
}
