import { issuer } from './issuer.ts';
import { checkRule, condition } from './testing/check-rule.ts';

checkRule(issuer, {}, [
  ['without a status it is being set up', {}, 'progressing: being set up'],
  ['ready', { status: { conditions: [condition('Ready', 'True')] } }, 'ready'],
  [
    'a missing CA is a matter of order',
    { status: { conditions: [condition('Ready', 'False', 'ErrGetKeyPair', 'secret "ca" not found')] } },
    'progressing: waits for its CA certificate',
  ],
  [
    'anything else is told in its own words',
    { status: { conditions: [condition('Ready', 'False', 'Error', 'no such thing')] } },
    'progressing: cannot sign yet: no such thing',
  ],
]);
