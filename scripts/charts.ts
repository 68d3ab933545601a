import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Files, packArchive } from './archive.ts';
import { goModule } from './go-module.ts';

/** A packed chart, as a registry would serve it. */
export interface PackedChart {
  name: string;
  version: string;
  /** The .tgz. */
  archive: Buffer;
}

/** The project's own charts. */
export const chartNames = ['hikube-tenant', 'hikube-gateway-api'] as const;
export type ChartName = (typeof chartNames)[number];

/** Packs one of the project's charts; what upstream publishes is added from the pinned release, never committed. */
export async function packChart(name: ChartName): Promise<PackedChart> {
  const own = await readFolder(join(chartsDir, name));
  const { version, appVersion } = chartFile.parse(parse(own['Chart.yaml'] ?? ''));
  const upstream = name === 'hikube-gateway-api' ? await gatewayApi(appVersion ?? '') : {};
  const files = Object.entries({ ...own, ...upstream }).map(([path, content]) => [`${name}/${path}`, content]);
  return { name, version, archive: await packArchive(Object.fromEntries(files)) };
}

const chartsDir = join(import.meta.dirname, '..', 'package', 'charts');
const distDir = join(import.meta.dirname, '..', 'dist', 'charts');
const chartFile = z.object({ version: z.string(), appVersion: z.string().optional() });

/**
 * The standard channel. CRDs go to crds/, which Helm never deletes: removing the release must not delete every
 * Gateway of a tenant. The policy that guards them against a downgrade is an ordinary template.
 */
async function gatewayApi(version: string): Promise<Files> {
  const folder = join(await goModule('sigs.k8s.io/gateway-api', version), 'config', 'crd', 'standard');
  const files: Files = {};
  for (const [path, content] of Object.entries(await readFolder(folder))) {
    if (!path.endsWith('.yaml') || path === 'kustomization.yaml') continue;
    const isPolicy = path.includes('_vap_');
    if (isPolicy && content.includes('{{')) throw new Error(`cannot pack ${path}: Helm would read it as a template`);
    files[`${isPolicy ? 'templates' : 'crds'}/${path}`] = content;
  }
  return files;
}

async function readFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Files = {};
  for (const entry of entries.filter(found => found.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = await readFile(path, 'utf8');
  }
  return files;
}

if (import.meta.main) {
  await mkdir(distDir, { recursive: true });
  for (const name of chartNames) {
    const chart = await packChart(name);
    const file = join(distDir, `${chart.name}-${chart.version}.tgz`);
    await writeFile(file, chart.archive);
    console.log(`packed ${file} (${Math.ceil(chart.archive.length / 1024)} KiB)`);
  }
}
