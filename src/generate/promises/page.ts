import { missing } from './missing.ts';
import type { NamedTest } from './named-tests.ts';
import { type PromiseId, promises } from './texts.ts';

/** A file of tests by its path from the root of the repository, and what its titles name. */
export interface TestFile {
  path: string;
  tests: NamedTest[];
}

/** The promises in Markdown, each with the tests that name it. */
export function promisesPage(files: TestFile[]): string {
  const ids = Object.keys(promises).filter(isPromise);
  const naming = new Map(ids.map(id => [id, files.flatMap(file => linesFor(id, file))]));
  const named = ids.filter(id => naming.get(id)?.length);
  const live = ids.filter(id => files.some(file => isLive(file.path) && linesFor(id, file).length > 0));
  const section = (id: PromiseId) => [
    `### ${id}`,
    '',
    promises[id],
    '',
    ...(naming.get(id)?.length ? (naming.get(id) ?? []) : ['No test names it yet.']),
    ...(missing[id] ? ['', `Not shown: ${missing[id]}.`] : []),
    '',
  ];
  return [
    '# Promises',
    '',
    'What the documentation of managed Kubernetes on Hikube promises its users, as one numbered list in our own words. Tests, comments and other pages cite the numbers. Generated from `src/generate/promises` and the titles of the tests by `npm run generate`; do not edit.',
    '',
    `**${named.length} of ${ids.length} promises are named by a test**, ${live.length} of them by one that runs real programs. A test shows what its title says, which may be a part of the promise; what is known to be missing is said with it, and [the region](region.md) tells what runs for real there and what is stood in for.`,
    '',
    `No test names yet: ${
      ids
        .filter(id => !named.includes(id))
        .map(link)
        .join(', ') || 'none'
    }.`,
    '',
    '## From the overview',
    '',
    ...ids.filter(id => id <= LAST_OF_OVERVIEW).flatMap(section),
    '## From the other pages',
    '',
    ...ids.filter(id => id > LAST_OF_OVERVIEW).flatMap(section),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** Whether a number such as `H12` is that of a promise. */
export function isPromise(id: string): id is PromiseId {
  return Object.hasOwn(promises, id);
}

const LAST_OF_OVERVIEW = 'H35';

/** Tests that run the region, or single control planes with the programs beside them. */
function isLive(path: string): boolean {
  return /^test\/(e2e|conformance|long)\//.test(path);
}

function linesFor(id: PromiseId, { path, tests }: TestFile): string[] {
  return tests
    .filter(test => test.promises.includes(id))
    .map(({ name, tests: count }) => {
      const group = count === undefined ? '' : ` (${count} ${count === 1 ? 'test' : 'tests'})`;
      return `- [${path}](../${path}): ${escaped(name)}${group}`;
    });
}

function link(id: PromiseId): string {
  return `[${id}](#${id.toLowerCase()})`;
}

/** A title as text: nothing in it is taken for Markdown, code aside. */
function escaped(title: string): string {
  return title.replace(/[<>*_[\]|]/g, character => `\\${character}`);
}
