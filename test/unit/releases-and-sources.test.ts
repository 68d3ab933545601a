import { describe, expect, test } from 'vitest';
import { platformSpec } from '../../src/api/platform.ts';
import { at, isObject, stringAt } from '../../src/base/json.ts';
import { goesTogether, runsOn, versionsOf } from '../../src/catalog/compatibility.ts';
import { type ChartName, hikubeCatalog } from '../../src/catalog/index.ts';
import { byMinor } from '../../src/catalog/minor.ts';
import { CHARTS } from '../../src/catalog/schema/chart.ts';
import { renderPlatform } from '../../src/render/platform/index.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';

const ON = { enabled: true };
const ADDONS = {
  certManager: ON,
  ingressNginx: { enabled: true, hosts: ['shop.example.com'] },
  fluxcd: { enabled: true, valuesOverride: { gitRepository: { url: 'https://git.example.com/shop' } } },
  monitoringAgents: ON,
  gatewayAPI: ON,
  gpuOperator: ON,
  velero: ON,
  verticalPodAutoscaler: {},
};
const ENGINES = ['nginx', 'traefik'];
const sources = [...renderPlatform(platformSpec.parse({}), hikubeCatalog).values()];

/** Everything that becomes of a claim with every add-on. */
function objectsOf(minor: string, engine: string) {
  const claim = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeCluster',
    metadata: { name: 'shop', namespace: 'acme' },
    spec: {
      version: minor,
      nodeGroups: { web: { instanceType: 's1.large', minReplicas: 2, roles: ['ingress-nginx'] } },
      addons: { ...ADDONS, ingressNginx: { ...ADDONS.ingressNginx, engine } },
    },
  };
  return simulate(claim, hikubeCatalog).flatMap(appliedObjects);
}

describe('every release of every offered minor', () => {
  const open = byMinor(Object.keys(hikubeCatalog.versions)).filter(minor => minor !== 'v1.30');
  const cases = open.flatMap(minor => ENGINES.map(engine => [minor, engine] as const));

  test.each(cases)(
    'on %s with the ingress engine %s finds its chart, which runs there and goes with the others',
    (minor, engine) => {
      const releases = objectsOf(minor, engine).filter(({ kind }) => kind === 'HelmRelease');
      expect(releases.length).toBeGreaterThan(14);
      const chosen = new Map<ChartName, string>();
      for (const release of releases) {
        const reference = at(release, 'spec', 'chartRef') ?? at(release, 'spec', 'chart', 'spec', 'sourceRef');
        expect(isObject(reference)).toBe(true);
        const source = sources.find(
          ({ kind, metadata }) =>
            kind === stringAt(reference, 'kind') &&
            metadata.name === stringAt(reference, 'name') &&
            metadata.namespace === stringAt(reference, 'namespace'),
        );
        expect(source, `${release.metadata.name}: ${JSON.stringify(reference)}`).toBeDefined();
        const chart = CHARTS.find(name => name === source?.metadata.name) ?? expect.fail(`${source?.metadata.name}`);
        const version =
          stringAt(release, 'spec', 'chart', 'spec', 'version') ?? stringAt(source, 'spec', 'ref', 'tag') ?? '';
        const offered = versionsOf(hikubeCatalog.charts[chart]).find(other => other.version === version);
        expect(offered && runsOn(offered, minor), `${chart} ${version}`).toBe(true);
        chosen.set(chart, version);
      }
      for (const [chart, version] of chosen) {
        const offered = versionsOf(hikubeCatalog.charts[chart]).find(other => other.version === version);
        expect(offered && goesTogether(offered, partner => chosen.get(partner) ?? ''), `${chart} ${version}`).toBe(
          true,
        );
      }
    },
  );
});
