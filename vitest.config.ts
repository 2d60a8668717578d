// Four kinds of tests, told apart by where they lie and how they are named: pure ones in Node, the Worker's in
// workerd, people and a server under faults, and the stories in a browser.
import { resolve } from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { readRateLimits, readSettings } from './scripts/configuration.ts';
import { TEST_DEPARTMENTS } from './worker/testing/departments.ts';

const here = (path: string) => resolve(import.meta.dirname, path);
/** Needs the build, and a server of its own that it kills. */
const shortRun = 'bench/faults/short-run.test.ts';
/** Decisions and other pure parts of the Worker, by their name. */
const pure = 'worker/**/*.unit.test.ts';

/** No test fails because the machine is busy: only what would never end comes to an end by these. */
const patient = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

/** The settings as they ship, and departments that behave otherwise. */
async function testSettings() {
  const settings = await readSettings();
  return { ...settings, departments: [...settings.departments, ...TEST_DEPARTMENTS] };
}

/** All tests speak from one address, thousands of times a minute. What is limited is tested by `LIMIT_TEST`. */
async function testLimits() {
  const limits = (await readRateLimits()).map(({ name, simple: { limit, period } }) => {
    return [name, { namespace_id: name, simple: { limit: limit * 10_000, period } }] as const;
  });
  const test = { namespace_id: 'test', simple: { limit: 3, period: 60 as const } };
  return { ...Object.fromEntries(limits), LIMIT_TEST: test };
}

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte({ configFile: false })],
        test: {
          ...patient,
          name: 'unit',
          environment: 'node',
          include: ['{messages,shared,scripts,web,bench,tests/support}/**/*.test.ts', pure],
          exclude: [shortRun],
          // Most of their time would go into loading the same modules again. Each puts back what it changes for others.
          isolate: false,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'faults',
          environment: 'node',
          include: [shortRun],
          // Twelve seconds, and on a busy machine as long as every fault needs to happen.
          testTimeout: 900_000,
          hookTimeout: 600_000,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './worker/index.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              ratelimits: await testLimits(),
              bindings: {
                AUTH_SECRET: 'auth-secret-of-the-tests-0123456789abcdef',
                VISITOR_SECRET: 'visitor-secret-of-the-tests-0123456789abcdef',
                ROUTING_SECRET: 'routing-secret-of-the-tests-0123456789abcdef',
                PUSH_SECRET: 'push-secret-of-the-tests-0123456789abcdef',
                TEST_MIGRATIONS: await readD1Migrations(here('./migrations')),
                TEST_SEARCH_MIGRATIONS: await readD1Migrations(here('./migrations-search')),
                settings: await testSettings(),
                MODEL: {
                  steps: Number(process.env['PARLEY_MODEL_STEPS'] ?? 400),
                  seed: Number(process.env['PARLEY_MODEL_SEED'] ?? 20261122),
                },
              },
            },
          })),
        ],
        resolve: { alias: { 'web-server': here('./worker/testing/web-stub.ts') } },
        test: {
          ...patient,
          name: 'worker',
          include: ['worker/**/*.test.ts'],
          exclude: [pure],
          setupFiles: ['./worker/testing/setup.ts'],
          // One workerd for all files: a start of it costs a second each.
          isolate: false,
          maxWorkers: 1,
          deps: { optimizer: { ssr: { enabled: true, include: ['itty-durable'] } } },
        },
      },
      {
        test: {
          ...patient,
          name: 'stories',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['./tests/support/serve-parley.ts'],
          // One process for all files: a start of it, and what it loads, costs each a second or two.
          isolate: false,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
