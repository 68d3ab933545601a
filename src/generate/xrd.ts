import { GROUP, isPartKind, PART_VERSION, VERSION } from '../api/group.ts';
import type { JsonObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { present } from '../base/present.ts';
import { compositionName } from './composition.ts';
import type { CompositeDefinition } from './kinds.ts';
import { structuralSchema } from './structural.ts';

/** Lists all objects of the project with `kubectl get hikube`. */
const CATEGORY = 'hikube';

/** The CompositeResourceDefinition of one kind. */
export function compositeResourceDefinition(definition: CompositeDefinition): KubeObject {
  const { kind, plural, scope, claim, columns } = definition;
  return {
    // Only the v1 form knows claims (decision claim-is-legacy); its deprecation warning is the price of them.
    apiVersion: `apiextensions.crossplane.io/${claim ? 'v1' : 'v2'}`,
    kind: 'CompositeResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: present({
      group: GROUP,
      scope,
      names: namesOf(kind, plural),
      claimNames: claim && { ...namesOf(claim.kind, claim.plural), shortNames: [claim.shortName] },
      // A deleted claim stays visible until everything it made is gone.
      defaultCompositeDeletePolicy: claim && 'Foreground',
      // Without it Crossplane picks one at random as soon as there are two. Not enforced, so that a platform may choose.
      defaultCompositionRef: { name: compositionName(definition) },
      versions: [
        {
          name: isPartKind(kind) ? PART_VERSION : VERSION,
          served: true,
          referenceable: true,
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: rootSchema(definition) },
        },
      ],
    }),
  };
}

/** Schema of the whole object: a spec that must be there, and a status. */
export function rootSchema(definition: Pick<CompositeDefinition, 'description' | 'spec' | 'status'>): JsonObject {
  return {
    type: 'object',
    description: definition.description,
    required: ['spec'],
    properties: { spec: structuralSchema(definition.spec), status: structuralSchema(definition.status) },
  };
}

/** The names of a kind; Kubernetes wants the singular in lower case. */
export function namesOf(kind: string, plural: string): JsonObject {
  return { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), categories: [CATEGORY] };
}
