import { defineConfig } from 'vitest/config';

/**
 * Three projects: `unit` needs nothing but Node; `conformance` runs single parts of the region against bare control planes;
 * `region` runs against the whole embedded management cluster and is slow.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 60_000,
          include: [
            'src/**/*.test.ts',
            'test/unit/**/*.test.ts',
            'test/golden/**/*.test.ts',
            'test/generate/**/*.test.ts',
            'test/laws/**/*.test.ts',
            'test/region/**/*.unit.test.ts',
          ],
        },
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
    ],
  },
});
