import type { PlatformSpec } from '../../api/platform.ts';
import { PART_OF_LABEL, PART_OF_PLATFORM } from '../../base/labels.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Rendered } from '../types.ts';
import { chartSources } from './chart-sources.ts';
import { instanceType } from './instance-type.ts';
import { PLATFORM } from './resource-names.ts';
import { storageClass } from './storage-classes.ts';

/** What every cluster of a platform relies on, from the same catalogue as the clusters. */
export function renderPlatform(spec: PlatformSpec, catalog: Catalog): Rendered {
  const rendered: Rendered = new Map();
  // Whatever the switches say: without it Crossplane would delete the namespace with all the platform team keeps there.
  rendered.set(PLATFORM.namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: catalog.chartNamespace } });
  if (spec.chartSources) {
    for (const [name, source] of chartSources(catalog, spec.mirrors)) rendered.set(name, source);
  }
  if (spec.storageClasses) {
    for (const [name, offer] of Object.entries(catalog.storageClasses)) {
      rendered.set(PLATFORM.storageClass(name), storageClass(name, offer, spec.storagePools));
    }
  }
  if (spec.instanceTypes) {
    for (const [name, type] of Object.entries(catalog.instanceTypes)) {
      rendered.set(PLATFORM.instanceType(name), instanceType(name, type, catalog));
    }
  }
  return new Map([...rendered].map(([name, object]) => [name, ofPlatform(object)]));
}

/** The object with the label by which the platform's objects are known as ours. */
export function ofPlatform(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, labels: { [PART_OF_LABEL]: PART_OF_PLATFORM } } };
}
