// What the compiler can't see, and the import laws.
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import words from './scripts/plain-words.js';
import text from './scripts/whole-characters.js';
import svelteConfig from './svelte.config.js';

/** Decisions of the actors, beside those of shared/. */
const pureInActors = ['worker/actors/**/{access,effects,offers,queue,queue-entry,routing}.ts'];
const pure = ['shared/**/*.ts', ...pureInActors];

/** Tests outside of bench/, and what supports them. */
const tests = [
  '{shared,worker,web,tests}/**/*.test.ts',
  '**/testing/**',
  'worker/model/**',
  'tests/**',
];
const neverTests = {
  regex: '(^|/)(tests|testing|bench)/',
  message: 'The product imports neither tests nor bench/.',
};

const neverWeb = { regex: '^#web/', message: 'The Worker imports only the built pages of web/.' };

const law = (files, patterns, ignores = ['**/*.test.ts']) => ({
  files,
  ignores,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

export default defineConfig(
  {
    ignores: [
      'node_modules',
      '**/.svelte-kit',
      '.parley',
      '.wrangler',
      'messages/compiled',
      'web/static',
      'scripts/*.mjs',
      'demo',
    ],
  },
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { words },
    rules: {
      'words/plain-words': 'error',
      'max-lines': ['error', 300],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'error',
      '@typescript-eslint/no-unnecessary-type-arguments': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-duplicate-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      // The platform's types are widened by declaring into their namespace.
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      // `interface Env extends Cloudflare.Env {}` is how the platform's types are widened.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      'svelte/no-navigation-without-resolve': 'off',
      // Stores keep what the page shows in $state.raw; their own bookkeeping is not reactive on purpose.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
  {
    files: ['{shared,worker,web,messages}/**/*.{ts,svelte}'],
    // What they cut is their own, or is cut where a pattern has found an end.
    ignores: [
      ...tests,
      'shared/{text,ids}.ts',
      '{shared,web/lib/features}/search/**',
      'shared/formatting/{inline,linkify}.ts',
      'web/lib/features/composer/{formatting,paste}/**',
      'web/**/vite.config.ts',
    ],
    plugins: { text },
    rules: { 'text/whole-characters': 'error' },
  },

  law(['scripts/**'], [neverTests]),
  law(['worker/**'], [neverTests, neverWeb], tests),
  law(
    tests,
    [{ regex: '(^|/)bench/', message: 'bench/ builds on the tests, not the other way round.' }],
    [],
  ),
  law(
    ['shared/**'],
    [{ regex: '^#(?!shared/)|^\\.\\./', message: 'shared/ imports nothing of ours.' }],
  ),
  law(
    ['messages/**'],
    [{ regex: '^#(?!shared/)|^\\.\\./', message: 'messages/ imports only shared/.' }],
  ),
  law(
    ['web/**'],
    [
      {
        regex: '(^|/)worker/',
        allowTypeImports: true,
        message: 'web/ talks to the Worker only by its API.',
      },
      neverTests,
    ],
    tests,
  ),
  law(
    ['worker/actors/*/**'],
    [
      {
        regex: '^\\.\\./(?!\\.\\./|parts/)',
        allowTypeImports: true,
        message: 'One actor never imports another.',
      },
      neverTests,
      neverWeb,
    ],
    ['**/*.test.ts', 'worker/actors/parts/**', ...pureInActors],
  ),
  law(pureInActors, [
    {
      regex: '^(?!#shared/|valibot$|\\./(access|effects|offers|queue|queue-entry|routing)\\.ts$)',
      message: 'Decisions import only shared/ and each other.',
    },
  ]),
  {
    files: pure,
    // ids.ts is where ids are minted; tests and their builders may.
    ignores: ['shared/ids.ts', 'shared/testing/**', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name=/^(Date|crypto|Math|performance)$/][callee.property.name=/^(now|randomUUID|getRandomValues|random)$/], NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name=/^(setTimeout|setInterval|fetch)$/]',
          message: 'A decision reads no clock, mints no id, and waits for nothing.',
        },
      ],
    },
  },
  {
    files: ['worker/**'],
    // The model waits a moment on purpose, and then for as long as the others.
    ignores: ['worker/testing/eventually.ts', 'worker/model/model.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'vi',
          property: 'waitFor',
          message: 'Wait with eventually(): a busy machine may need more than a second.',
        },
      ],
    },
  },
);
