import { defineConfig } from 'vitest/config';

/** Two projects: `unit` needs nothing but Node; `region` runs against the embedded management cluster and is slow. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'test/unit/**/*.test.ts',
            'test/golden/**/*.test.ts',
            'test/region/**/*.unit.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'region',
          include: ['test/conformance/**/*.test.ts', 'test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
