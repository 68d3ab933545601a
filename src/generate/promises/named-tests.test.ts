import { expect, test } from 'vitest';
import { namedTests } from './named-tests.ts';

// Spelt in two, so that these sources name no promise themselves.
const H = 'H';
const names = (source: string) => namedTests(source).map(({ promises, name }) => [promises.join(' '), name]);

test('a test is found with the groups around it, and a group with the number of its tests', () => {
  const source = `
describe('a zone', () => {
  test('${H}07 is lost', () => {});
});
describe('${H}84 what a tenant may do', { timeout: 60 }, () => {
  describe('in a namespace', () => {
    it('write', async () => {});
  });
  test.each([1, 2])('%i: see', () => {});
});
test('nothing is promised', () => {});`;
  expect(namedTests(source)).toEqual([
    { promises: [`${H}07`], name: `a zone › ${H}07 is lost` },
    { promises: [`${H}84`], name: `${H}84 what a tenant may do`, tests: 2 },
  ]);
});

test('a title may stand after a table, on a line of its own, and be quoted in any way', () => {
  const source = `
  test.each(['s1.large', 'it(x)'])(
    '${H}43 %s is refused (${H}44)',
    type => {},
  );
  test.each<[string, number]>([
    ['a', 1],
  ])("it's %s (${H}12)", () => {});
  describe.skipIf(!folder)(\`charts of \${folder} (${H}63)\`, () => {});`;
  expect(names(source)).toEqual([
    [`${H}43 ${H}44`, `${H}43 %s is refused (${H}44)`],
    [`${H}12`, `it's %s (${H}12)`],
    [`${H}63`, `charts of \${folder} (${H}63)`],
  ]);
});

test('rows of a table fill the title that they name a promise in', () => {
  const source = `
const GROUPS = [
  { promise: '${H}30', file: 'web.yaml' },
  { promise: '${H}31', file: 'ml.yaml' },
];
describe.each(GROUPS)('$promise the fragment of $file', () => {});
test.each([
  ['everything off (${H}62)', off(), []],
  ['nothing asked for', {}, []],
])('%s is released', () => {});
checkRule(machineDeployment, {}, [['${H}94: all nodes', {}, 'ready']]);`;
  expect(names(source)).toEqual([
    [`${H}30`, `${H}30 the fragment of $file`],
    [`${H}31`, `${H}31 the fragment of $file`],
    [`${H}62`, `everything off (${H}62) is released`],
    [`${H}94`, `${H}94: all nodes`],
  ]);
});
