import { isWithin } from '../api/host-name.ts';
import { parseQuantity } from '../base/quantity.ts';
import { wrongAddresses } from './addresses.ts';
import { incompatible } from './compatibility.ts';
import { inRange, minorNumber } from './minor.ts';
import { MANAGERS } from './schema/platform.ts';
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
  const wrong: string[] = [];
  const first = versions[defaultVersion];
  if (!first) wrong.push(`defaultVersion: ${defaultVersion} is not in versions`);
  else if (first.state === 'preview') wrong.push(`defaultVersion: ${defaultVersion} is a preview`);
  for (const [minor, entry] of Object.entries(versions)) {
    if (!entry.patch.startsWith(`${minor}.`)) {
      wrong.push(`versions.${minor}.patch: ${entry.patch} is not of minor ${minor}`);
    }
  }
  for (const manager of MANAGERS) {
    const range = platform[manager];
    if (minorNumber(range.from) > minorNumber(range.to)) {
      wrong.push(`platform.${manager}: ${range.from} to ${range.to} is no range`);
    }
    if (first && !inRange(defaultVersion, range)) {
      wrong.push(`defaultVersion: ${defaultVersion} is outside platform.${manager}, so no new cluster can have it`);
    }
    for (const minor of Object.keys(versions)) {
      if (minorNumber(minor) <= minorNumber(range.to)) continue;
      wrong.push(`versions.${minor}: is above ${range.to}, the last minor of platform.${manager}`);
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
    (gpu.zones ?? [])
      .filter(zone => !zones.includes(zone))
      .map(zone => `gpus[${index}].zones: ${zone} is not in zones`),
  );
}

/** A name that resolves inside tenant clusters leads nowhere from outside. */
function wrongDomains({ domain, network }: Catalog): string[] {
  const named: [string, string][] = [
    ['suffix', domain.suffix],
    ...domain.allowed.map((name, index): [string, string] => [`allowed[${index}]`, name]),
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
