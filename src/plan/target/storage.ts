import type { Catalog } from '../../catalog/index.ts';
import { notInCatalogue, type Problem } from '../finding.ts';
import { oneOf } from '../nearest.ts';

/** Resolves the cluster's class: empty or absent means the platform's default, and it never changes (H89). */
export function planStorageClass(
  asked: string | undefined,
  accepted: string | undefined,
  catalog: Catalog,
): { name: string; problems: Problem[]; warnings: Problem[] } {
  const name = asked || accepted || catalog.defaultStorageClass;
  if (accepted !== undefined && name !== accepted) {
    const changed: Problem = {
      code: 'StorageClassChanged',
      path: 'spec.storageClass',
      message: `the class of a running cluster cannot change from ${accepted} to ${name}`,
      remedy: `set it back to ${accepted}; volumes may name any offered class`,
    };
    return { name, problems: [changed], warnings: [] };
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
): { problems: Problem[]; warnings: Problem[] } {
  const offered = Object.keys(catalog.storageClasses);
  if (offered.includes(name)) return { problems: [], warnings: [] };
  if (name === accepted) return { problems: [], warnings: [notInCatalogue(name, path, who, offered)] };
  const unknown: Problem = {
    code: 'UnknownStorageClass',
    path,
    message: `${name} is not offered`,
    remedy: oneOf(name, offered),
  };
  return { problems: [unknown], warnings: [] };
}
