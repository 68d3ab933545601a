import { isWithin } from '../api/host-name.ts';
import { parseQuantity } from '../api/quantity.ts';
import { wrongAddresses } from './addresses.ts';
import { incompatible } from './compatibility.ts';
import { inRange, minorNumber } from './minor.ts';
import type { Catalog } from './schema.ts';

/**
 * What does not fit together in a catalogue whose entries are well-formed, each with its path: names that point to other
 * entries must exist, or a later claim would fail in a strange place.
 */
export function wrongReferences(data: Catalog): string[] {
  return [
    ...wrongVersions(data),
    ...wrongClasses(data),
    ...wrongDisks(data),
    ...wrongZones(data),
    ...wrongDomains(data),
    ...wrongAddresses(data),
    ...repeated(data),
    ...incompatible(data),
  ];
}

function wrongVersions({ versions, defaultVersion, platform }: Catalog): string[] {
  const { clusterApi } = platform;
  const wrong: string[] = [];
  if (minorNumber(clusterApi.from) > minorNumber(clusterApi.to)) {
    wrong.push(`platform.clusterApi: ${clusterApi.from} to ${clusterApi.to} is no range`);
  }
  const first = versions[defaultVersion];
  if (!first) wrong.push(`defaultVersion: ${defaultVersion} is not in versions`);
  else if (first.state === 'preview') wrong.push(`defaultVersion: ${defaultVersion} is a preview`);
  else if (!inRange(defaultVersion, clusterApi)) {
    wrong.push(`defaultVersion: ${defaultVersion} is outside platform.clusterApi, so no new cluster can have it`);
  }
  for (const [minor, entry] of Object.entries(versions)) {
    if (!entry.patch.startsWith(`${minor}.`)) {
      wrong.push(`versions.${minor}.patch: ${entry.patch} is not of minor ${minor}`);
    }
    if (minorNumber(minor) > minorNumber(clusterApi.to)) {
      wrong.push(`versions.${minor}: is above ${clusterApi.to}, the last minor of platform.clusterApi`);
    }
  }
  return wrong;
}

function wrongClasses({ storageClasses, defaultStorageClass, etcd }: Catalog): string[] {
  const wrong: string[] = [];
  if (!storageClasses[defaultStorageClass]) {
    wrong.push(`defaultStorageClass: ${defaultStorageClass} is not in storageClasses`);
  }
  if (!storageClasses[etcd.storageClass])
    wrong.push(`etcd.storageClass: ${etcd.storageClass} is not in storageClasses`);
  return wrong;
}

/** A group that asks for no size must get one its nodes boot from. */
function wrongDisks({ versions, defaultNodeDisk }: Catalog): string[] {
  const size = parseQuantity(defaultNodeDisk) ?? 0;
  return Object.entries(versions)
    .filter(([, { minDisk }]) => minDisk !== undefined && (parseQuantity(minDisk) ?? 0) > size)
    .map(
      ([minor, { minDisk }]) => `defaultNodeDisk: ${defaultNodeDisk} is less than versions.${minor}.minDisk ${minDisk}`,
    );
}

function wrongZones({ gpus, zones }: Catalog): string[] {
  return gpus.flatMap((gpu, index) =>
    (gpu.zones ?? []).filter(zone => !zones.includes(zone)).map(zone => `gpus.${index}.zones: ${zone} is not in zones`),
  );
}

/** A name that resolves inside tenant clusters leads nowhere from outside. */
function wrongDomains({ domain, network }: Catalog): string[] {
  const named: [string, string][] = [
    ['suffix', domain.suffix],
    ...domain.allowed.map((name, index): [string, string] => [`allowed.${index}`, name]),
  ];
  return named
    .filter(([, name]) => isWithin(name, network.clusterDomain))
    .map(([path, name]) => `domain.${path}: ${name} lies within network.clusterDomain ${network.clusterDomain}`);
}

/** What names one thing may name no other. */
function repeated({ zones, gpus }: Catalog): string[] {
  const names = gpus.flatMap(({ device, aliases }) => [device, ...aliases]);
  return [
    ...twice(zones).map(zone => `zones: ${zone} is listed twice`),
    ...twice(names).map(name => `gpus: ${name} is listed twice`),
  ];
}

function twice(names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
