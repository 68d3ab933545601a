import { type Controller, runController } from '../../controller.ts';
import { at, str } from '../../json.ts';
import { type GVK, type Kube, type KubeObject, kindOf } from '../../kube.ts';
import type { PolicyRule, StandInContext, StartStandIn } from '../stand-in.ts';
import { report } from './conditions.ts';
import { type Fetch, type FetchContext, fetchHelmChart, fetchHelmRepository, fetchOciRepository } from './fetch.ts';
import { type KnownChart, knownCharts } from './known-charts.ts';
import { createRegistry } from './registry.ts';
import { startStore } from './store.ts';

/** What a test may add to the charts that can be pulled. */
export interface SourcesOptions {
  charts?: KnownChart[];
}

/** What the source controller may do. */
export const rules: PolicyRule[] = [
  {
    apiGroups: ['source.toolkit.fluxcd.io'],
    resources: ['ocirepositories', 'helmrepositories', 'helmcharts'],
    verbs: ['get', 'list', 'watch', 'update', 'patch'],
  },
  {
    apiGroups: ['source.toolkit.fluxcd.io'],
    resources: ['ocirepositories/status', 'helmrepositories/status', 'helmcharts/status'],
    verbs: ['get', 'update', 'patch'],
  },
];

/**
 * Stand-in for Flux's source controller: the project's charts for real, upstream charts as one-object charts that
 * record their values, everything unknown refused with the controller's own reasons.
 */
export const startSources: StartStandIn<SourcesOptions> = async (context, options = {}) => {
  const store = await startStore();
  const registry = createRegistry([...knownCharts, ...(options.charts ?? [])]);
  const fetchContext: FetchContext = { kube: context.kube, registry, store };
  const controllers = [
    run(context, fetchContext, `${group}/OCIRepository`, fetchOciRepository),
    run(context, fetchContext, `${group}/HelmRepository`, fetchHelmRepository),
    run(context, fetchContext, `${group}/HelmChart`, fetchHelmChart),
  ];
  return {
    async stop() {
      await Promise.all(controllers.map(controller => controller.stop()));
      await store.stop();
    },
  };
};

const group = 'source.toolkit.fluxcd.io/v1';
const finalizer = 'finalizers.fluxcd.io';
const retryMs = 10_000;
/** A chart may be asked for before its repository's index is there. */
const soonMs = 300;

function run(context: StandInContext, fetchContext: FetchContext, kind: GVK, fetch: Fetch): Controller {
  const { kube, log } = context;
  return runController({
    name: kind,
    kube,
    log,
    watches: [{ kind }],
    async reconcile({ name, namespace }) {
      const source = await kube.get(kind, name, namespace);
      if (!source) return undefined;
      if (source.metadata.deletionTimestamp) return release(kube, fetchContext, source);
      if (!source.metadata.finalizers?.includes(finalizer)) await hold(kube, source);
      if (source.spec?.suspend === true) return undefined;
      const outcome = await fetch(source, fetchContext);
      if (!outcome) return undefined;
      await report(kube, source, outcome);
      if (!('failure' in outcome)) return undefined;
      return { requeueAfterMs: outcome.failure === 'NoSourceArtifact' ? soonMs : retryMs };
    },
  });
}

async function hold(kube: Kube, source: KubeObject): Promise<void> {
  const finalizers = [...(source.metadata.finalizers ?? []), finalizer];
  await setFinalizers(kube, source, finalizers);
}

/** Frees what was stored for a deleted source; like the real controller it holds the object until that is done. */
async function release(kube: Kube, { store }: FetchContext, source: KubeObject): Promise<undefined> {
  const { finalizers = [] } = source.metadata;
  if (!finalizers.includes(finalizer)) return;
  const path = str(at(source.status, 'artifact', 'path'));
  if (path) store.remove(path);
  await setFinalizers(
    kube,
    source,
    finalizers.filter(entry => entry !== finalizer),
  );
}

async function setFinalizers(kube: Kube, source: KubeObject, finalizers: string[]): Promise<void> {
  const { name, namespace, resourceVersion } = source.metadata;
  await kube.mergePatch(kindOf(source), name, namespace, { metadata: { finalizers, resourceVersion } });
}
