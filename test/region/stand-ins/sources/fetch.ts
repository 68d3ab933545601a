import { stringify } from 'yaml';
import { at, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import type { Outcome } from './conditions.ts';
import { type Offer, pick, type Registry } from './registry.ts';
import { type Store, sha256 } from './store.ts';

/** What every source needs to be fetched. */
export interface FetchContext {
  kube: Kube;
  registry: Registry;
  store: Store;
}

/** Fetches one kind of source. */
export type Fetch = (source: KubeObject, context: FetchContext) => Promise<Outcome | undefined>;

/** The chart behind an OCI address, at a tag. */
export const fetchOciRepository: Fetch = async (source, { registry, store }) => {
  const url = str(source.spec?.url) ?? '';
  const tag = str(at(source.spec, 'ref', 'tag')) ?? str(at(source.spec, 'ref', 'semver'));
  const offer = await registry.oci(url);
  const version = offer && pick(offer, tag ?? 'latest');
  if (!offer || !version) {
    const [host, ...path] = url.replace(/^oci:\/\//, '').split('/');
    const manifest = `https://${host}/v2/${path.join('/')}/manifests/${tag ?? 'latest'}`;
    return {
      failure: 'OCIArtifactPullFailed',
      message: `failed to determine artifact digest: GET ${manifest}: MANIFEST_UNKNOWN: manifest unknown`,
    };
  }
  const { archive } = await offer.pack(version);
  const digest = `sha256:${sha256(archive)}`;
  const artifact = store.put(path(source, `${digest}.tgz`), `${tag ?? version}@${digest}`, archive);
  return { artifact, reason: 'Succeeded', message: `stored artifact for digest '${artifact.revision}'` };
};

/** The index of a Helm repository; OCI repositories have neither index nor status. */
export const fetchHelmRepository: Fetch = async (source, { registry, store }) => {
  if (source.spec?.type === 'oci') return undefined;
  const url = str(source.spec?.url) ?? '';
  const offers = registry.repository(url);
  if (!offers) {
    return {
      failure: 'Failed',
      message: `failed to fetch Helm repository index: failed to fetch ${url}/index.yaml : 404 Not Found`,
    };
  }
  const index = Buffer.from(indexOf(offers));
  const revision = `sha256:${sha256(index)}`;
  const artifact = store.put(path(source, `index-${sha256(index)}.yaml`), revision, index);
  return { artifact, reason: 'Succeeded', message: `stored artifact: revision '${revision}'` };
};

/** One chart of a Helm repository, as Flux's helm controller asks for it. */
export const fetchHelmChart: Fetch = async (source, context) => {
  const { kube, store } = context;
  const { namespace } = source.metadata;
  const [chart, version] = [str(source.spec?.chart) ?? '', str(source.spec?.version) ?? '*'];
  const kind = str(at(source.spec, 'sourceRef', 'kind')) ?? '';
  const name = str(at(source.spec, 'sourceRef', 'name')) ?? '';
  if (kind !== 'HelmRepository') {
    return { failure: 'UnsupportedSourceKind', message: `failed to get source: unsupported source kind '${kind}'` };
  }
  const repository = await kube.get('source.toolkit.fluxcd.io/v1/HelmRepository', name, namespace);
  if (!repository) {
    const message = `failed to get source: helmrepositories.source.toolkit.fluxcd.io "${name}" not found`;
    return { failure: 'SourceUnavailable', message };
  }
  const isOci = repository.spec?.type === 'oci';
  if (!isOci && !store.holds(repository.status?.artifact)) {
    return { failure: 'NoSourceArtifact', message: `no artifact available for HelmRepository source '${name}'` };
  }
  const offer = await offered(repository, chart, context);
  const picked = offer && pick(offer, version);
  if (!offer || !picked) {
    const cause = offer ? `no '${chart}' chart with version matching '${version}' found` : `chart name not found`;
    return {
      failure: 'InvalidChartReference',
      message: `invalid chart reference: failed to get chart version for remote reference: ${cause}`,
    };
  }
  const { archive } = await offer.pack(picked);
  return {
    artifact: store.put(path(source, `${chart}-${picked}.tgz`), picked, archive),
    reason: 'ChartPullSucceeded',
    message: `pulled '${chart}' chart with version '${picked}'`,
    status: { observedChartName: chart },
  };
};

async function offered(repository: KubeObject, chart: string, { registry }: FetchContext): Promise<Offer | undefined> {
  const url = str(repository.spec?.url) ?? '';
  if (repository.spec?.type === 'oci') return registry.oci(`${url.replace(/\/+$/, '')}/${chart}`);
  return registry.repository(url)?.find(offer => offer.name === chart);
}

function path(source: KubeObject, file: string): string {
  const { name, namespace } = source.metadata;
  return `${source.kind.toLowerCase()}/${namespace}/${name}/${file}`;
}

function indexOf(offers: Offer[]): string {
  const entries = offers.map(({ name, versions }) => [
    name,
    versions.map(version => ({ apiVersion: 'v2', name, version, urls: [`${name}-${version}.tgz`] })),
  ]);
  return stringify({ apiVersion: 'v1', entries: Object.fromEntries(entries) });
}
