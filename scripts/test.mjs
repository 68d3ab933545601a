import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fail, install, root } from './install.mjs';
import { nodeBinary } from './node.mjs';

// `npm test`: installs, builds and checks everything: format and lint, types, units and goldens, parts of the region, the
// whole region. `npm test -- unit` names the test projects to run. The last line counts checks; lint, types and the build
// count as one each.
const DEFAULT = ['unit', 'lives', 'process', 'conformance', 'region'];
/** `long` takes too long for every change; `npm run test:long` runs it. */
const PROJECTS = [...DEFAULT, 'long'];
/** Those that need the region's Go programs. */
const NEED_PROGRAMS = ['conformance', 'region', 'long'];
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !PROJECTS.includes(name));
if (unknown.length > 0) fail(`cannot run ${unknown.join(', ')}: the test projects are ${PROJECTS.join(', ')}`);
const projects = asked.length > 0 ? asked : DEFAULT;
install();
const bin = name => path.join(root, 'node_modules', '.bin', name);
const env = { ...process.env, PATH: `${path.dirname(nodeBinary())}${path.delimiter}${process.env.PATH}` };
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;

const build = () => run(nodeBinary(), [path.join(root, 'test/region/build.ts')]);
const steps = [
  ['lint', () => run(bin('biome'), ['check', '.'])],
  ['types', () => run(bin('tsc'), ['--noEmit'])],
  ...(projects.some(name => NEED_PROGRAMS.includes(name)) ? [['programs of the region', build]] : []),
];
const total = { passed: 0, failed: 0 };
for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  if (step()) total.passed += 1;
  else {
    total.failed += 1;
    console.error(`${name}: failed`);
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'hikube-test-'));
// One after the other: the region needs the whole machine while it starts.
for (const project of projects) {
  console.log(`\n== tests: ${project}`);
  const report = path.join(folder, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = run(bin('vitest'), ['run', '--project', project, ...reporters]);
  count(
    passed,
    existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 },
  );
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/**
 * A suite that fails to load, or a set-up that fails, holds no failed test of its own but is a failure all the same; so is
 * a run of no test at all.
 */
function count(passed, { numPassedTests, numFailedTests }) {
  total.passed += numPassedTests;
  total.failed += passed && numPassedTests > 0 ? numFailedTests : Math.max(1, numFailedTests);
}
