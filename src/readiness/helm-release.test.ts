import { helmRelease } from './helm-release.ts';
import { checkRule, condition } from './testing/check-rule.ts';

checkRule(helmRelease, {}, [
  ['without a status it is being installed', {}, 'progressing: being installed'],
  ['installed', { status: { observedGeneration: 2, conditions: [condition('Ready', 'True')] } }, 'ready'],
  [
    'installed with older values it is being installed again',
    {
      status: {
        observedGeneration: 1,
        conditions: [condition('Ready', 'True', 'Ready', '', 1), condition('Released', 'True')],
      },
    },
    'progressing: being installed',
  ],
  [
    'waiting for another release',
    { status: { conditions: [condition('Ready', 'False', 'DependencyNotReady', 'x')] } },
    'progressing: waits for the releases it depends on',
  ],
  [
    'reconciling',
    { status: { observedGeneration: -1, conditions: [condition('Reconciling', 'True', 'Progressing')] } },
    'progressing: being installed',
  ],
  [
    'a failed installation, though Flux tries again',
    { status: { conditions: [condition('Ready', 'False', 'InstallFailed', 'timed\n out')] } },
    'failed: timed out',
  ],
  [
    'stalled',
    {
      status: {
        conditions: [
          condition('Ready', 'False', 'Other', 'x'),
          condition('Stalled', 'True', 'RetriesExceeded', 'gave up'),
        ],
      },
    },
    'failed: gave up',
  ],
]);
