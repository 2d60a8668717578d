// The visitor's widget in two builds: `--mode panel` first, then `--mode loader`, which knows the panel's name.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { PreprocessorGroup } from 'svelte/compiler';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { catalogueOf, sentenceNames } from './catalogue.ts';
import { NEWEST_PANEL } from './embed.ts';
import { SPOKEN_LOCALES } from './spoken-locales.ts';

/** The page of worker/http/check-page.ts has it. */
const CHECK_SCRIPT = '/widget-check.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The messages of each language. The first language is the default. */
const languages = SPOKEN_LOCALES.map((locale) => ({
  locale,
  // Paraglide, which compiles the same files, checks them.
  messages: readJson(`../../messages/${locale}.json`) as Record<string, unknown>,
}));

const sentences = sentenceNames(languages[0]?.messages ?? {});

/** Of each language: its sentences, and where they are. */
const catalogues = languages.map(({ locale, messages }) => {
  const text = JSON.stringify(catalogueOf(sentences, messages));
  const fingerprint = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  return { locale, messages, text, file: `${locale}.${fingerprint}.json` };
});

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(here(path), 'utf8'));
}

/** In place of a sentence that is not the widget's, in case that the panel uses it. */
const NOT_OURS = 'No sentence of the widget: ';

/**
 * Modules of shared/ do nothing by being loaded, so what is not used of them is left out. A schema that takes over
 * another's entries reads them, which for all that the bundler knows could do something.
 */
const onlyDeclares: Plugin = {
  name: 'only-declares',
  transform: {
    filter: { id: /\/shared\/.+\.ts$/ },
    handler(code) {
      const declared = this.parse(code).body.flatMap((one) => {
        const statement = one.type === 'ExportNamedDeclaration' ? one.declaration : one;
        return statement?.type === 'VariableDeclaration' ? statement.declarations : [];
      });
      let pure = code;
      for (const { init } of declared.reverse()) {
        const text = init?.type === 'CallExpression' ? code.slice(init.start, init.end) : '';
        if (!init || !text || !/\.\.\.|\.entries|^(?!v\.)/.test(text)) continue;
        pure = `${pure.slice(0, init.start)}/* @__PURE__ */ (() => ${text})()${pure.slice(init.end)}`;
      }
      return { code: pure, moduleSideEffects: false };
    },
  },
};

/** The catalogue without Paraglide's code, each language as a file beside the panel: see panel/runtime.ts. */
const ownCatalogue: Plugin = {
  name: 'own-catalogue',
  load: {
    filter: { id: /\/messages\/compiled\/(runtime|messages\/_index)\.js$/ },
    handler(id) {
      const runtime = JSON.stringify(here('panel/runtime.ts'));
      if (basename(id) === 'runtime.js') return `export * from ${runtime}`;
      // One module for all, so that chunks that share a sentence share no chunk of its own.
      const all = Object.keys(languages[0]?.messages ?? {}).map((name) => {
        const place = sentences.indexOf(name);
        const ours = `/* @__PURE__ */ sentence(${place})`;
        return `export const ${name} = ${place === -1 ? `"${NOT_OURS}${name}"` : ours};`;
      });
      return [`import { sentence } from ${runtime};`, ...all].join('\n');
    },
  },
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      const found = file.type === 'chunk' && new RegExp(`${NOT_OURS}\\w+`).exec(file.code);
      if (found) this.error(`The widget's sentences begin with widget_. ${found[0]}.`);
    }
    for (const { file: fileName, text: source } of catalogues)
      this.emitFile({ type: 'asset', fileName, source });
  },
};

/** Chunks have neither styles nor chunks of their own that had to be loaded beside them. */
const bareImports: Plugin = {
  name: 'bare-imports',
  enforce: 'pre',
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load()',
  },
  // Firefox remembers a module that could not be fetched by its whole address: each try has its own.
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(
        /\bimport\([`"'](\.\/[\w.-]+)[`"']\)/g,
        (_, path: string) => `import("${path}#"+performance.now())`,
      );
    }
  },
};

/** Styles as sheets that the panel's root adopts. */
const ownStyles: Plugin = {
  name: 'own-styles',
  load: {
    filter: { id: /\/svelte\/src\/internal\/client\/dom\/css\.js$/ },
    handler: () => `export { append_styles } from ${JSON.stringify(here('panel/styles.ts'))}`,
  },
};

/** Styles without their comments and line breaks, which no visitor needs. */
const bareStyles: PreprocessorGroup = {
  style: ({ content }) => ({ code: content.replace(/\/\*.*?\*\/|\s+/gs, ' ') }),
};

const panel = (): UserConfig => ({
  define: {
    __SENTENCES__: JSON.stringify(
      Object.fromEntries(catalogues.map(({ locale, file }) => [locale, `/widget/${file}`])),
    ),
  },
  plugins: [
    // Styles travel inside the script, because they belong into the panel's shadow root.
    svelte({
      configFile: false,
      preprocess: bareStyles,
      // There the component's name is unique, and shorter than a hash.
      compilerOptions: {
        css: 'injected',
        cssHash: ({ name }) => `in-${name.toLowerCase()}`,
        // Not by innerHTML, which a page may forbid.
        fragments: 'tree',
      },
    }),
    onlyDeclares,
    ownCatalogue,
    ownStyles,
    bareImports,
  ],
  build: {
    outDir: here('../static/widget'),
    emptyOutDir: true,
    rolldownOptions: {
      input: { panel: here('panel/panel.ts'), check: here('check/check.ts') },
      // What is loaded later uses the panel's own Svelte.
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: '[name].[hash].js',
        chunkFileNames: '[name].[hash].js',
        assetFileNames: '[name].[hash][extname]',
      },
    },
  },
});

/** @param name of an entry of the panel's build */
function addressOf(name: string): string {
  const file = readdirSync(here('../static/widget')).find((one) => one.startsWith(`${name}.`));
  if (!file) throw new Error('Build the panel before the loader: vite build --mode panel');
  return `/widget/${file}`;
}

/** Of each language: where its sentences are, and the loader's own few. */
const loaderLanguages = () =>
  Object.fromEntries(
    catalogues.map(({ locale, file, messages }) => [
      locale,
      [`/widget/${file}`, messages.widget_open, messages.widget_unavailable],
    ]),
  );

/** Addresses that stay, for what has one that changes with its content. */
const stayingAddresses: Plugin = {
  name: 'staying-addresses',
  generateBundle() {
    for (const [name, address] of [
      ['panel', NEWEST_PANEL],
      ['check', CHECK_SCRIPT],
    ] as const) {
      const source = `export * from ${JSON.stringify(`.${addressOf(name)}`)};\n`;
      this.emitFile({ type: 'asset', fileName: address.slice(1), source });
    }
  },
};

const loader = (): UserConfig => ({
  plugins: [stayingAddresses],
  define: {
    __PANEL__: JSON.stringify(addressOf('panel')),
    __LANGUAGES__: JSON.stringify(loaderLanguages()),
  },
  build: {
    outDir: here('../static'),
    emptyOutDir: false,
    // For older ones each color-scheme brings variables for light-dark(), which is not used.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    lib: {
      entry: here('loader.ts'),
      name: 'ParleyLoader',
      formats: ['iife'],
      fileName: () => 'widget.js',
    },
  },
});

export default defineConfig(({ mode }) => ({
  publicDir: false,
  logLevel: 'warn',
  ...(mode === 'loader' ? loader() : panel()),
}));
