import { defineConfig } from 'vitest/config';

/** Tests that start programs, or look at the whole process they run in: each file gets a process of its own. */
export const PROCESSES = [
  'src/cli/cli.test.ts',
  'src/cli/commands/validate.test.ts',
  'src/function/grpc-server.test.ts',
  'src/function/process.test.ts',
  'src/service/signals.test.ts',
  'test/region/process.unit.test.ts',
  'test/region/programs/programs.unit.test.ts',
  'test/region/shell.unit.test.ts',
  'test/unit/bundle.test.ts',
  'test/unit/catalog-today.test.ts',
  'test/unit/cli-bundle.test.ts',
  'test/unit/docs.test.ts',
  'test/unit/linear.test.ts',
];

/**
 * Five projects: `unit` is pure and shares what it loads; `lives` is pure too, but plays random lives of clusters, which
 * takes longer than all the rest; `process` starts programs of this machine; `conformance` runs single parts of the region
 * against bare control planes; `region` runs against the whole embedded management cluster and is slow. A sixth, `long`, does
 * the same for what takes longer still; `npm run test:long` runs it and docs/evidence.md has its results.
 */
export default defineConfig({
  test: {
    // The region ends when the last claim is gone.
    teardownTimeout: 600_000,
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'threads',
          // Loading the code anew for each file would take most of the time; nothing pure can tell the difference.
          isolate: false,
          testTimeout: 60_000,
          include: [
            'src/**/*.test.ts',
            'test/unit/**/*.test.ts',
            'test/golden/**/*.test.ts',
            'test/generate/**/*.test.ts',
            'test/laws/**/*.test.ts',
            'test/replay/**/*.test.ts',
            'test/region/**/*.unit.test.ts',
          ],
          exclude: PROCESSES,
        },
      },
      {
        test: { name: 'lives', testTimeout: 300_000, include: ['test/lives/**/*.test.ts'] },
      },
      {
        test: { name: 'process', testTimeout: 60_000, include: PROCESSES },
      },
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'region',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
