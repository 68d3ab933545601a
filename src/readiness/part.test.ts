import { parts } from './part.ts';
import { checkRule, condition } from './testing/check-rule.ts';

for (const rule of parts) {
  checkRule(rule, {}, [
    ['without a status it is being composed', {}, 'progressing: being composed'],
    ['ready', { status: { conditions: [condition('Synced', 'True'), condition('Ready', 'True')] } }, 'ready'],
    [
      'it says itself what it waits for',
      { status: { message: '2 of 3 members ready', conditions: [condition('Ready', 'False')] } },
      'progressing: 2 of 3 members ready',
    ],
    [
      'ready before its last change is not ready',
      { status: { conditions: [condition('Ready', 'True', 'Available', '', 1)] } },
      'progressing: being composed',
    ],
    [
      'what Crossplane cannot apply is a failure',
      { status: { conditions: [condition('Synced', 'False', 'ReconcileError', 'forbidden')] } },
      'failed: cannot be composed: forbidden',
    ],
  ]);
}
