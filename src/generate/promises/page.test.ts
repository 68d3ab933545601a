import { describe, expect, test } from 'vitest';
import { missing } from './missing.ts';
import { isPromise, promisesPage } from './page.ts';
import { promises } from './texts.ts';

const ids = Object.keys(promises);
const [first = '', second = ''] = ids;
const last = ids.at(-1) ?? '';
const file = (path: string, ...named: string[]) => ({ path, tests: [{ promises: named, name: 'a <fact> of [x]' }] });
const section = (page: string, id: string) => page.split(`### ${id}\n`)[1]?.split('\n### ')[0];

describe('the page of promises', () => {
  test('says of each promise which tests name it, and counts', () => {
    const page = promisesPage([file('test/e2e/a.test.ts', first, last), file('src/b.test.ts', first)]);
    expect(page).toContain('**2 of 95 promises are named by a test**, 2 of them by one that runs real programs');
    expect(section(page, first)).toContain(
      [
        '- [test/e2e/a.test.ts](../test/e2e/a.test.ts): a \\<fact\\> of \\[x\\]',
        '- [src/b.test.ts](../src/b.test.ts): a \\<fact\\> of \\[x\\]',
      ].join('\n'),
    );
  });

  test('says how many tests a group holds that names a promise', () => {
    const page = promisesPage([{ path: 'src/b.test.ts', tests: [{ promises: [first], name: 'a group', tests: 2 }] }]);
    expect(section(page, first)).toContain('a group (2 tests)');
    expect(page).toContain(', 0 of them by one that runs real programs');
  });

  test('says plainly what no test names, and what is known to be missing', () => {
    const page = promisesPage([file('src/b.test.ts', first)]);
    expect(page).toContain(`No test names yet: [${second}](#${second.toLowerCase()}), `);
    expect(section(page, first)).not.toContain('No test');
    for (const id of Object.keys(missing).filter(isPromise)) {
      expect(section(page, id)).toContain('No test names it yet.');
      expect(section(page, id)).toContain(`Not shown: ${missing[id]}.`);
    }
  });
});
