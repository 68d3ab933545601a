import { helmRepository, ociRepository } from './chart-source.ts';
import { checkRule, condition } from './testing/check-rule.ts';

for (const rule of [ociRepository, helmRepository]) {
  checkRule(rule, {}, [
    ['without a status it is being fetched', {}, 'progressing: being fetched'],
    ['fetched', { status: { observedGeneration: 2, conditions: [condition('Ready', 'True')] } }, 'ready'],
    [
      'an unknown version is a failure',
      { status: { conditions: [condition('Ready', 'False', 'OCIArtifactPullFailed', 'not found')] } },
      'failed: cannot be fetched: not found',
    ],
    [
      'another attempt is under way',
      { status: { conditions: [condition('Ready', 'False'), condition('Reconciling', 'True')] } },
      'progressing: being fetched',
    ],
  ]);
}

checkRule(helmRepository, {}, [['Flux gives repositories of type oci no status', { spec: { type: 'oci' } }, 'ready']]);
