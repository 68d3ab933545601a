import { API_VERSION, INPUT_API_VERSION, isPartKind, PART_API_VERSION } from '../api/group.ts';
import type { KubeObject } from '../base/object.ts';
import type { CompositeDefinition } from './kinds.ts';

/** Name of the installed function, as every Composition refers to it. */
export const FUNCTION_NAME = 'function-hikube';

/**
 * The Composition of one kind: a single step. Its input is the catalogue, empty here, which means Hikube's own offer; a
 * platform team that offers something else writes its overlay into the input of its own Compositions.
 */
export function composition(definition: CompositeDefinition): KubeObject {
  const { kind } = definition;
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'Composition',
    metadata: { name: compositionName(definition) },
    spec: {
      compositeTypeRef: { apiVersion: isPartKind(kind) ? PART_API_VERSION : API_VERSION, kind },
      mode: 'Pipeline',
      pipeline: [
        {
          step: 'hikube',
          functionRef: { name: FUNCTION_NAME },
          input: { apiVersion: INPUT_API_VERSION, kind: 'Catalog' },
        },
      ],
    },
  };
}

/** Readable and stable: `hikube-cluster`, `hikube-node-pool`. */
export function compositionName(definition: CompositeDefinition): string {
  return definition.kind
    .replace(/^X/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
}
