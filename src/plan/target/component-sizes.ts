import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';
import type { Request } from '../request/request.ts';
import { checkSize } from './sizes.ts';

/** Findings about the sizes that are written out for the parts of the control plane, in each spelling. */
export function checkComponentSizes({ components }: Request, catalog: Catalog): Finding[] {
  return Object.values(components)
    .flat()
    .flatMap(({ path, cpu, memory }) => [
      ...(cpu ? checkSize('componentCpu', cpu, `${path}.resources.cpu`, catalog) : []),
      ...(memory ? checkSize('componentMemory', memory, `${path}.resources.memory`, catalog) : []),
    ]);
}
