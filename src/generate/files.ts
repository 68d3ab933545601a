import { API_VERSION, HOST_RESERVATION_KIND } from '../api/group.ts';
import { objectAt } from '../base/json.ts';
import { toYaml } from '../base/yaml.ts';
import { composition, compositionName } from './composition.ts';
import { hostReservationDefinition } from './crd.ts';
import { type CompositeDefinition, compositeDefinitions } from './kinds.ts';
import { promisesPage, type TestFile } from './promises/page.ts';
import { apiReference, type ReferenceKind } from './reference.ts';
import { compositeResourceDefinition, rootSchema } from './xrd.ts';

const HEADER = '# Generated from src/api by `npm run generate`; do not edit.\n';

/** Every generated file of the repository, by path from its root; the promises' page tells which of these tests name them. */
export function generatedFiles(tests: TestFile[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const definition of compositeDefinitions) {
    const plural = definition.claim?.plural ?? definition.plural;
    files.set(`apis/${plural}.yaml`, HEADER + toYaml(compositeResourceDefinition(definition)));
    files.set(`compositions/${compositionName(definition)}.yaml`, HEADER + toYaml(composition(definition)));
  }
  const hostReservation = hostReservationDefinition();
  files.set('apis/hostreservations.yaml', HEADER + toYaml(hostReservation));
  files.set(
    'docs/api-reference.md',
    apiReference(API_VERSION, [
      ...compositeDefinitions.map(referenceOf),
      {
        kind: HOST_RESERVATION_KIND,
        role: 'cluster-scoped, made by Crossplane',
        schema: objectAt(hostReservation, 'spec', 'versions', 0, 'schema', 'openAPIV3Schema'),
      },
    ]),
  );
  files.set('docs/promises.md', promisesPage(tests));
  return files;
}

const ROLES: Record<CompositeDefinition['scope'], string> = {
  LegacyCluster:
    'namespaced, written by tenants; Crossplane makes a cluster-scoped XHikubeCluster with the same fields of it',
  Namespaced: 'namespaced, made by Crossplane',
  Cluster: 'cluster-scoped, written by the platform team',
};

function referenceOf(definition: CompositeDefinition): ReferenceKind {
  return {
    kind: definition.claim?.kind ?? definition.kind,
    role: ROLES[definition.scope],
    schema: rootSchema(definition),
  };
}
