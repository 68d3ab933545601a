import { issuer } from './issuer.ts';
import { checkRule, condition } from './testing/check-rule.ts';

checkRule(issuer, {}, [
  ['without a status it is being set up', {}, 'progressing: being set up'],
  ['ready', { status: { conditions: [condition('Ready', 'True')] } }, 'ready'],
  [
    'a missing CA is a matter of order',
    { status: { conditions: [condition('Ready', 'False', 'ErrGetKeyPair', 'secret "ca" not found')] } },
    'progressing: cannot sign yet: secret "ca" not found',
  ],
]);
