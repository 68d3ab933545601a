import type { Catalog } from '../catalog/index.ts';
import { oneOf } from './nearest.ts';
import type { Problem } from './problem.ts';

/** Resolves the cluster's class: empty means the platform's default, and it never changes (H89). */
export function planStorageClass(
  asked: string,
  accepted: string | undefined,
  catalog: Catalog,
): { name: string; problems: Problem[] } {
  const name = asked || accepted || catalog.defaultStorageClass;
  if (accepted !== undefined && name !== accepted) {
    const changed: Problem = {
      code: 'StorageClassChanged',
      path: 'spec.storageClass',
      message: `the class of a running cluster cannot change from ${accepted} to ${name}`,
      remedy: `set it back to ${accepted}; volumes may name any offered class`,
    };
    return { name, problems: [changed] };
  }
  return { name, problems: name === accepted ? [] : knownStorageClass(name, 'spec.storageClass', catalog) };
}

/** A problem if the catalogue does not offer the class. */
export function knownStorageClass(name: string, path: string, catalog: Catalog): Problem[] {
  const offered = Object.keys(catalog.storageClasses);
  if (offered.includes(name)) return [];
  return [{ code: 'UnknownStorageClass', path, message: `${name} is not offered`, remedy: oneOf(name, offered) }];
}
