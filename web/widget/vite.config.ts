// The visitor's widget in two builds: `--mode panel` first, then `--mode loader`, which knows the panel's name.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { PreprocessorGroup } from 'svelte/compiler';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { catalogueOf, sentenceNames } from './catalogue.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What is read here is checked by Paraglide, which compiles it.
const { locales } = readJson('../../project.inlang/settings.json') as { locales: string[] };

/** The messages of each language. The first language is the default. */
const languages = locales.map((locale) => ({
  locale,
  messages: readJson(`../../messages/${locale}.json`) as Record<string, unknown>,
}));

const sentences = sentenceNames(languages[0]?.messages ?? {});

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(here(path), 'utf8'));
}

/** Modules of shared/ do nothing by being loaded, so one of which nothing is used is left out. */
const onlyDeclares: Plugin = {
  name: 'only-declares',
  transform: {
    filter: { id: /\/shared\/.+\.ts$/ },
    handler: () => ({ moduleSideEffects: false }),
  },
};

const MESSAGE = /\/messages\/compiled\/messages\/(?!_index)(\w+)\.js$/;

/** The catalogue without Paraglide's code, each language as a file beside the panel: see panel/runtime.ts. */
const ownCatalogue: Plugin = {
  name: 'own-catalogue',
  load: {
    filter: { id: /\/messages\/compiled\/(runtime|messages\/(?!_index)\w+)\.js$/ },
    handler(id) {
      const runtime = JSON.stringify(here('panel/runtime.ts'));
      const name = basename(id, '.js');
      if (name === 'runtime') return `export * from ${runtime}`;
      return `import { sentence } from ${runtime};
        export const ${name} = /* @__PURE__ */ sentence(${sentences.indexOf(name)})`;
    },
  },
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' ? Object.entries(file.modules) : [],
    );
    for (const [id, { renderedLength }] of modules) {
      const [, name] = MESSAGE.exec(id) ?? [];
      if (name && renderedLength > 0 && !sentences.includes(name)) {
        this.error(`The widget has no sentence ${name}: its sentences begin with widget_.`);
      }
    }
    for (const { locale, messages } of languages) {
      const catalogue = JSON.stringify(catalogueOf(sentences, messages));
      this.emitFile({ type: 'asset', name: `${locale}.js`, source: `export default ${catalogue}` });
    }
  },
};

/** A chunk of the panel has neither styles nor chunks of its own that had to be loaded beside it. */
const bareImports: Plugin = {
  name: 'bare-imports',
  enforce: 'pre',
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load()',
  },
};

/** Styles without their comments and line breaks, which no visitor needs. */
const bareStyles: PreprocessorGroup = {
  style: ({ content }) => ({ code: content.replace(/\/\*.*?\*\/|\s+/gs, ' ') }),
};

const panel = (): UserConfig => ({
  plugins: [
    // Styles travel inside the script, because they belong into the panel's shadow root.
    svelte({
      configFile: false,
      preprocess: bareStyles,
      // There the component's name is unique, and shorter than a hash.
      compilerOptions: { css: 'injected', cssHash: ({ name }) => `in-${name.toLowerCase()}` },
    }),
    onlyDeclares,
    ownCatalogue,
    bareImports,
  ],
  build: {
    outDir: here('../static/widget'),
    emptyOutDir: true,
    rolldownOptions: {
      input: { panel: here('panel/panel.ts') },
      // What is loaded later uses the panel's own Svelte.
      // A schema that takes over another's entries reads them, and does nothing by that.
      treeshake: { propertyReadSideEffects: false },
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: '[name].[hash].js',
        chunkFileNames: '[name].[hash].js',
        assetFileNames: '[name].[hash][extname]',
      },
    },
  },
});

/** The address of a built file, by its name without the fingerprint. */
function addressOf(name: string): string {
  const file = readdirSync(here('../static/widget')).find((one) => one.startsWith(`${name}.`));
  if (!file) throw new Error('Build the panel before the loader: vite build --mode panel');
  return `/widget/${file}`;
}

/** Of each language: where its sentences are, and the loader's own few. */
const catalogues = () =>
  Object.fromEntries(
    languages.map(({ locale, messages }) => [
      locale,
      [addressOf(locale), messages.widget_open, messages.widget_unavailable],
    ]),
  );

const loader = (): UserConfig => ({
  define: {
    __PANEL__: JSON.stringify(addressOf('panel')),
    __LANGUAGES__: JSON.stringify(catalogues()),
  },
  build: {
    outDir: here('../static'),
    emptyOutDir: false,
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
