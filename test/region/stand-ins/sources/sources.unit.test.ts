import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readArchive } from '../../charts.ts';
import { knownCharts } from './known-charts.ts';
import { recordedChart } from './recorded-chart.ts';
import { createRegistry, pick } from './registry.ts';

const registry = createRegistry(knownCharts);

describe('the registry of the region', () => {
  it("serves the project's chart at any address that ends in its name", async () => {
    const offer = await registry.oci('oci://mirror.example/charts/hikube-tenant');
    expect(offer?.versions).toEqual(['0.2.0']);
    expect(await registry.oci('oci://mirror.example/charts/not-hikube-tenant')).toBeUndefined();
  });

  it('knows an upstream chart only at its own address', async () => {
    expect((await registry.oci('oci://quay.io/cilium/charts/cilium'))?.name).toBe('cilium');
    expect(await registry.oci('oci://quay.io/cilium/charts/ciliun')).toBeUndefined();
    expect(registry.repository('https://kubernetes-sigs.github.io/metrics-server/')?.[0]?.name).toBe('metrics-server');
    expect(registry.repository('https://charts.example')).toBeUndefined();
  });

  it('offers exact versions, with or without v, and the newest for none', async () => {
    const offer = await registry.oci('oci://quay.io/cilium/charts/cilium');
    if (!offer) throw new Error('cannot test: no offer');
    expect(pick(offer, '1.19.5')).toBe('1.19.5');
    expect(pick(offer, 'v1.19.5')).toBe('1.19.5');
    expect(pick(offer, undefined)).toBe('1.19.5');
    expect(pick(offer, '1.19.6')).toBeUndefined();
  });
});

describe('a recorded chart', () => {
  it('has the same bytes each time, so that its digest is stable', async () => {
    const chart = { url: 'oci://example/demo', name: 'demo', versions: ['1.0.0'] };
    const [first, second] = await Promise.all([recordedChart(chart, '1.0.0'), recordedChart(chart, '1.0.0')]);
    expect(first.archive.equals(second.archive)).toBe(true);
    const files = await readArchive(first.archive);
    expect(parse(files['demo/Chart.yaml'] ?? '')).toMatchObject({ name: 'demo', version: '1.0.0' });
    expect(files['demo/templates/record.yaml']).toContain('{{ .Release.Name }}-values');
  });
});
