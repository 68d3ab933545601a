import { certificate } from './certificate.ts';
import { checkRule, condition } from './testing/check-rule.ts';

const failure = { lastFailureTime: '2026-01-01T00:00:00Z', failedIssuanceAttempts: 1 };

checkRule(certificate, {}, [
  ['without a status it is being issued', {}, 'progressing: being issued'],
  ['issued', { status: { conditions: [condition('Ready', 'True')] } }, 'ready'],
  [
    'issued for an older spec it is being issued again',
    { status: { conditions: [condition('Ready', 'True', 'Ready', '', 1)] } },
    'progressing: being issued',
  ],
  [
    'a refusal is a failure with its reason',
    { status: { ...failure, conditions: [condition('Issuing', 'False', 'Failed', 'not a CA')] } },
    'failed: cannot be issued: not a CA',
  ],
  [
    'a new attempt after a refusal is under way',
    { status: { ...failure, conditions: [condition('Issuing', 'True')] } },
    'progressing: being issued',
  ],
]);
