import { KINDS } from '../../api/group.ts';
import { at, objectAt } from '../../base/json.ts';
import { parseCatalog } from '../../catalog/index.ts';
import { ComposeError, type ComposeOutput, type Composer } from '../../compose/types.ts';
import type { FunctionParts } from '../function.ts';

/** The smallest real composer: one ConfigMap, and a status that counts what is observed. */
export const composeEcho: Composer = ({ composite, observed }) => {
  const answer = objectAt(composite, 'spec', 'answer');
  if (at(answer, 'refuse')) throw new ComposeError('Refused', 'cannot compose: the test asked for it');
  if (at(answer, 'fail')) throw new TypeError('the secret inside');
  return {
    ...nothing(),
    desired: new Map([
      [
        'echo',
        {
          object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: composite.metadata.name }, data: {} },
          ready: true,
        },
      ],
    ]),
    status: { observed: observed.size },
  };
};

export function nothing(): ComposeOutput {
  return { desired: new Map(), leaving: new Map(), status: {}, conditions: [], notices: [], requirements: new Map() };
}

export const parts: FunctionParts = {
  composers: { [KINDS.cluster]: composeEcho, [KINDS.etcd]: composeEcho },
  parseCatalog,
  now: () => new Date('2026-01-01T00:00:00Z'),
};

/** The parts with one composer for the top kind in place of the echo. */
export function partsWith(compose: Composer): FunctionParts {
  return { ...parts, composers: { [KINDS.cluster]: compose } };
}
