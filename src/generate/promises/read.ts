import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namedTests } from './named-tests.ts';
import type { TestFile } from './page.ts';

/** Where tests stand; some folders hold them in files that a test file only gathers. */
const TESTS = ['src/**/*.test.ts', 'test/**/*.ts'];

/** All tests of the repository that name promises, in a stable order. */
export function readTests(root: string): TestFile[] {
  return globSync(TESTS, { cwd: root })
    .sort()
    .map(path => ({ path, tests: namedTests(readFileSync(join(root, path), 'utf8')) }))
    .filter(({ tests }) => tests.length > 0);
}
