import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readArchive } from '../../scripts/archive.ts';
import { packChart } from '../../scripts/charts.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';

const definition = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
  }),
});

/** Kinds the pinned programs ask the API server for, and what each does where the definition is not there at all. */
const WATCHED = [
  // Cilium 1.19.5, operator/pkg/gateway-api/cell.go: requiredGVKs and optionalGVKs.
  { program: 'cilium', kind: 'GatewayClass', version: 'v1', required: true },
  { program: 'cilium', kind: 'Gateway', version: 'v1', required: true },
  { program: 'cilium', kind: 'HTTPRoute', version: 'v1', required: true },
  { program: 'cilium', kind: 'GRPCRoute', version: 'v1', required: true },
  { program: 'cilium', kind: 'ReferenceGrant', version: 'v1beta1', required: true },
  { program: 'cilium', kind: 'TLSRoute', version: 'v1alpha2', required: false },
  // cert-manager 1.21.2, pkg/controller/certificate-shim/gateways and pkg/controller/acmechallenges.
  { program: 'cert-manager', kind: 'Gateway', version: 'v1', required: true },
  { program: 'cert-manager', kind: 'HTTPRoute', version: 'v1', required: true },
];
/** Functions of CEL that the API server of v1.30, the oldest in the catalogue, does not know. */
const NEWER_CEL = /\b(isIP|ip\.isCanonical|isCIDR|cidr\(|ip\(|format\.|semver\(|isSemver)/;

describe('the packed Gateway API', () => {
  let text = '';
  let version = '';
  let served: { kind: string; names: string[]; listed: string[] }[] = [];

  beforeAll(async () => {
    const chart = await packChart('hikube-gateway-api');
    version = chart.version;
    const files = Object.entries(await readArchive(chart.archive)).filter(([path]) => path.includes('/crds/'));
    text = files.map(([, content]) => content).join('\n---\n');
    served = parseAllDocuments(text).flatMap(document => {
      const parsed = definition.safeParse(document.toJS());
      if (!parsed.success) return [];
      const { names, versions } = parsed.data.spec;
      const listed = versions.map(({ name }) => name);
      return [{ kind: names.kind, names: versions.filter(entry => entry.served).map(({ name }) => name), listed }];
    });
  });

  test('is the version the catalogue releases', () => {
    expect(hikubeCatalog.charts['gateway-api'].version).toBe(version);
    expect(served.length).toBeGreaterThanOrEqual(6);
  });

  test.each(WATCHED)('serves $kind $version, which $program watches', ({ kind, version: wanted, required }) => {
    const found = served.find(entry => entry.kind === kind);
    if (found) expect(found.names).toContain(wanted);
    else expect(required).toBe(false);
  });

  test('lists no version that it does not serve for a kind somebody looks for by name', () => {
    const traps = WATCHED.filter(({ kind, version: wanted }) => {
      const found = served.find(entry => entry.kind === kind);
      return found?.listed.includes(wanted) && !found.names.includes(wanted);
    });
    expect(traps).toEqual([]);
  });

  test('has no rule that the oldest API server of the catalogue cannot compile', () => {
    expect(text).toContain('x-kubernetes-validations');
    expect(text.split('\n').filter(line => /^\s*(- )?rule:/.test(line) && NEWER_CEL.test(line))).toEqual([]);
  });
});
