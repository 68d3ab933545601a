import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fail, install, root } from './install.mjs';
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

console.log('\n== units, goldens and the region');
const folder = mkdtempSync(path.join(tmpdir(), 'hikube-test-'));
const report = path.join(folder, 'report.json');
const passed = run(bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  if (numTotalTests === 0) fail('cannot call this a test run: no test ran');
  total.passed += numPassedTests;
  // A suite that fails to load holds no failed test of its own but is a failure all the same.
  total.failed += Math.max(numFailedTests, passed ? 0 : Math.max(1, numFailedTestSuites > 0 ? numFailedTests : 1));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
