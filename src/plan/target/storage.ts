import type { Catalog } from '../../catalog/index.ts';
import { type Finding, notInCatalogue } from '../finding.ts';
import { oneOf } from '../nearest.ts';

/** Resolves the cluster's class: empty or absent means the platform's default, and it never changes (H89). */
export function planStorageClass(
  asked: string | undefined,
  accepted: string | undefined,
  catalog: Catalog,
): { name: string; findings: Finding[] } {
  const name = asked || accepted || catalog.defaultStorageClass;
  if (accepted !== undefined && name !== accepted) {
    const changed: Finding = {
      code: 'StorageClassChanged',
      path: 'spec.storageClass',
      message: `the class of a running cluster cannot change from ${accepted} to ${name}`,
      remedy: `set it back to ${accepted}; volumes may name any offered class`,
    };
    return { name, findings: [changed] };
  }
  return { name, ...planKnownClass(name, 'spec.storageClass', accepted, 'the cluster', catalog) };
}

/** Whether the catalogue offers the class; one that was let through before is kept with a warning. */
export function planKnownClass(
  name: string,
  path: string,
  accepted: string | undefined,
  who: string,
  catalog: Catalog,
): { findings: Finding[] } {
  const offered = Object.keys(catalog.storageClasses);
  if (offered.includes(name)) return { findings: [] };
  if (name === accepted) return { findings: [notInCatalogue(name, path, who, offered)] };
  const unknown: Finding = {
    code: 'UnknownStorageClass',
    path,
    message: `${name} is not offered`,
    remedy: oneOf(name, offered),
  };
  return { findings: [unknown] };
}
