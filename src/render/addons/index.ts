import type { AddonsSpec, Release } from '../../api/parts/addons.ts';
import { byKey, isObject, type JsonObject } from '../../base/json.ts';
import { ADDON_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { present } from '../../base/present.ts';
import { metadataOf } from '../metadata.ts';
import type { Rendered } from '../types.ts';

/**
 * How Flux acts on a release. A failed attempt is tried again as it is: the usual remedy, to uninstall first, would
 * take the network from everything else, and would not help an add-on that only waits for nodes. The interval is short
 * because the usual first failure is an API server that has only just come up.
 */
const RETRY = { name: 'RetryOnFailure', retryInterval: '15s' };

/** How many Pods there are of these is left alone: a tenant may scale them by a HorizontalPodAutoscaler. */
const SCALED = ['Deployment', 'StatefulSet'];

/** One HelmRelease per add-on; Flux installs it into the tenant cluster. */
export function renderAddons(id: ClusterId, spec: AddonsSpec): Rendered {
  const rendered: Rendered = new Map();
  for (const [addon, release] of byKey(spec.releases)) {
    const dependsOn = release.dependsOn.filter(name => name in spec.releases);
    rendered.set(addon, helmRelease(id, addon, release, dependsOn));
  }
  return rendered;
}

function helmRelease(id: ClusterId, addon: string, release: Release, dependsOn: string[]): KubeObject {
  const wait = release.wait === false ? { disableWait: true } : {};
  const values = isObject(release.values) ? release.values : {};
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: metadataOf(id, names.release(id, addon), { [ADDON_LABEL]: addon }),
    spec: present({
      releaseName: addon,
      targetNamespace: release.namespace,
      storageNamespace: release.namespace,
      kubeConfig: { secretRef: { name: names.kubeconfigSecret(id), key: 'value' } },
      interval: '5m',
      timeout: '10m',
      ...chart(release.source),
      dependsOn: dependsOn.length > 0 ? dependsOn.map(name => ({ name: names.release(id, name) })) : undefined,
      // Helm never touches CRDs of a chart again by itself.
      install: { createNamespace: true, crds: 'CreateReplace', strategy: { ...RETRY }, ...wait },
      upgrade: { crds: 'CreateReplace', strategy: { ...RETRY }, ...wait },
      // A cluster on its way out may have no node left on which a hook could run or a Pod could stop.
      uninstall: release.essential ? { disableHooks: true, disableWait: true } : undefined,
      driftDetection: {
        mode: 'enabled',
        ignore: SCALED.map(kind => ({ paths: ['/spec/replicas'], target: { kind } })),
      },
      values: Object.keys(values).length > 0 ? values : undefined,
    }),
  };
}

/** An OCI repository holds one chart in one version; a Helm repository is asked for both. */
function chart({ kind, name, namespace, chart, version }: Release['source']): JsonObject {
  if (kind === 'OCIRepository') return { chartRef: { kind, name, namespace } };
  return { chart: { spec: { chart, version, sourceRef: { kind, name, namespace } } } };
}
