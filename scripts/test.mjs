import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, root } from './install.mjs';
import { nodeBinary } from './node.mjs';

// `npm test`: installs, builds and checks everything: format and lint, types, units and goldens, the region.
// The last line counts checks; lint, types and the build count as one each.
install();
const bin = name => path.join(root, 'node_modules', '.bin', name);
const env = { ...process.env, PATH: `${path.dirname(nodeBinary())}${path.delimiter}${process.env.PATH}` };
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;

const steps = [
  ['lint', () => run(bin('biome'), ['check', '.'])],
  ['types', () => run(bin('tsc'), ['--noEmit'])],
  ['programs of the region', () => run(nodeBinary(), [path.join(root, 'test/region/build.ts')])],
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
for (const project of ['unit', 'conformance', 'region']) {
  console.log(`\n== tests: ${project}`);
  const report = path.join(folder, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = run(bin('vitest'), ['run', '--project', project, ...reporters, ...process.argv.slice(2)]);
  count(
    passed,
    existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 },
  );
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** A suite that fails to load, or a set-up that fails, holds no failed test of its own but is a failure all the same. */
function count(passed, { numPassedTests, numFailedTests }) {
  total.passed += numPassedTests;
  total.failed += passed ? numFailedTests : Math.max(1, numFailedTests);
}
