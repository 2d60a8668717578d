// The visitor's widget in two builds: `--mode panel` first, then `--mode loader`, which knows the panel's name.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Modules of shared/ do nothing by being loaded, so one of which nothing is used is left out. */
const onlyDeclares: Plugin = {
  name: 'only-declares',
  transform: {
    filter: { id: /\/shared\/[\w-]+\.ts$/ },
    handler: () => ({ moduleSideEffects: false }),
  },
};

/** See panel/runtime.ts. */
const ownRuntime: Plugin = {
  name: 'own-runtime',
  load: {
    filter: { id: /\/paraglide\/runtime\.js$/ },
    handler: () => `export * from ${JSON.stringify(here('panel/runtime.ts'))}`,
  },
};

const panel = (): UserConfig => ({
  plugins: [
    // Styles travel inside the script, because they belong into the panel's shadow root.
    svelte({ configFile: false, compilerOptions: { css: 'injected' } }),
    onlyDeclares,
    ownRuntime,
  ],
  build: {
    outDir: here('../static/widget'),
    emptyOutDir: true,
    rolldownOptions: {
      input: { panel: here('panel/panel.ts') },
      preserveEntrySignatures: 'strict',
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

/** The loader's few words of each language, without the catalogue's code. The first language is the default. */
function labels() {
  const read = (path: string): unknown => JSON.parse(readFileSync(here(path), 'utf8'));
  // Both files are checked by Paraglide, which compiles them.
  const { locales } = read('../../project.inlang/settings.json') as { locales: string[] };
  return Object.fromEntries(
    locales.map((locale) => {
      const messages = read(`../../messages/${locale}.json`) as Record<string, string>;
      return [locale, [messages.widget_open, messages.widget_unavailable]];
    }),
  );
}

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
