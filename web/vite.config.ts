// The workspace: server and browser half.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { oneLanguage } from './one-language.ts';

const backend = process.env.BACKEND ?? 'http://127.0.0.1:8787';

export default defineConfig({
  plugins: [oneLanguage, sveltekit()],
  server: {
    proxy: {
      // As objects, so that the Worker sees the address that the browser asked for.
      '/api': { target: backend },
      '/demo': { target: backend },
      '/files': { target: backend },
      '/ws': { target: backend, ws: true },
    },
  },
});
