// The visitor's widget in two builds: `--mode panel` first, then `--mode loader`, which knows the panel's name.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { PreprocessorGroup } from 'svelte/compiler';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The texts of each language. */
const catalogues = readLocales().map((locale) => ({
  locale,
  messages: readJson(`../../messages/${locale}.json`) as Record<string, string>,
}));

// What is read here is checked by Paraglide, which compiles it.
function readLocales(): string[] {
  return (readJson('../../project.inlang/settings.json') as { locales: string[] }).locales;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(here(path), 'utf8'));
}

/** Modules of shared/ do nothing by being loaded, so one of which nothing is used is left out. */
const onlyDeclares: Plugin = {
  name: 'only-declares',
  transform: {
    filter: { id: /\/shared\/[\w-]+\.ts$/ },
    handler: () => ({ moduleSideEffects: false }),
  },
};

/** The catalogue without Paraglide's code: see panel/runtime.ts. */
const ownCatalogue: Plugin = {
  name: 'own-catalogue',
  load: {
    filter: { id: /\/messages\/compiled\/(runtime|messages\/(?!_index)\w+)\.js$/ },
    handler(id) {
      const runtime = JSON.stringify(here('panel/runtime.ts'));
      const name = basename(id, '.js');
      if (name === 'runtime') return `export * from ${runtime}`;
      const texts = catalogues.map(({ messages }) => JSON.stringify(messages[name])).join();
      return `import { sentence } from ${runtime};
        export const ${name} = /* @__PURE__ */ sentence(${texts})`;
    },
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

function builtPanel(): string {
  const name = readdirSync(here('../static/widget')).find((file) => /^panel\..+\.js$/.test(file));
  if (!name) throw new Error('Build the panel before the loader: vite build --mode panel');
  return `/widget/${name}`;
}

/** The loader's few words of each language. The first language is the default. */
const labels = () =>
  Object.fromEntries(
    catalogues.map(({ locale, messages }) => [
      locale,
      [messages.widget_open, messages.widget_unavailable],
    ]),
  );

const loader = (): UserConfig => ({
  define: { __PANEL__: JSON.stringify(builtPanel()), __LABELS__: JSON.stringify(labels()) },
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
