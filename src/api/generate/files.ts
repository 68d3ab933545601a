import { toYaml } from '../yaml.ts';
import { composition, compositionName } from './composition.ts';
import { hostReservationDefinition } from './crd.ts';
import { compositeDefinitions } from './kinds.ts';
import { compositeResourceDefinition } from './xrd.ts';

const HEADER = '# Generated from src/api by `npm run generate`; do not edit.\n';

/** Every generated file of the repository, by path from its root. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const definition of compositeDefinitions) {
    const plural = definition.claim?.plural ?? definition.plural;
    files.set(`apis/${plural}.yaml`, HEADER + toYaml(compositeResourceDefinition(definition)));
    files.set(`compositions/${compositionName(definition)}.yaml`, HEADER + toYaml(composition(definition)));
  }
  files.set('apis/hostreservations.yaml', HEADER + toYaml(hostReservationDefinition()));
  return files;
}
