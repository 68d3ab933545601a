import { describe, expect, test } from 'vitest';
import { nodeGroup } from '../../../api/v1alpha1/node-group.ts';
import { groupOf } from '../../request/v1alpha1.ts';
import { planRollout } from './rollout.ts';

const plan = (asked: object) => planRollout(groupOf('ml', nodeGroup.parse({ instanceType: 's1.large', ...asked })));
const gpus = [{ name: 'nvidia.com/L40S' }];

describe('how nodes are replaced', () => {
  test.each<[object, object | undefined]>([
    [{}, undefined],
    [{ gpus }, { maxSurge: 0, maxUnavailable: 1, zonesInTurn: true }],
    [
      { gpus, rollout: { maxSurge: 1 } },
      { maxSurge: 1, maxUnavailable: 0 },
    ],
    [
      { gpus, rollout: { maxUnavailable: 2 } },
      { maxSurge: 0, maxUnavailable: 2, zonesInTurn: true },
    ],
    [
      { gpus, rollout: { maxUnavailable: 0 } },
      { maxSurge: 1, maxUnavailable: 0 },
    ],
    [{ rollout: {} }, { maxSurge: 1, maxUnavailable: 0 }],
    [{ rollout: { maxSurge: 3, maxUnavailable: 1 } }, { maxSurge: 3, maxUnavailable: 1 }],
    [{ rollout: { maxSurge: 0 } }, { maxSurge: 0, maxUnavailable: 1, zonesInTurn: true }],
  ])('%j gives %j', (asked, expected) => {
    expect(plan(asked)).toEqual({ ...(expected ? { rollout: expected } : {}), findings: [] });
  });

  test('a rollout that could never replace a node is refused', () => {
    expect(plan({ rollout: { maxSurge: 0, maxUnavailable: 0 } }).findings).toMatchObject([
      { code: 'InvalidField', path: 'spec.nodeGroups.ml.rollout' },
    ]);
  });
});
