import { join } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { messageOptions } from './message-options.ts';

function isShared(module: string): boolean {
  if (
    /node_modules\/(@sveltejs\/kit|mediasoup-client|socket\.io|engine\.io|h264-|awaitqueue|sdp-transform)/.test(
      module,
    )
  )
    return false;
  return /node_modules|contracts\/src|src\/lib\/(api|storage|time|ui|paraglide)\//.test(module);
}

export default defineConfig({
  plugins: [
    paraglideVitePlugin(messageOptions),
    tailwindcss(),
    sveltekit({
      adapter: adapter(),
      compilerOptions: { runes: true },
      // Nothing runs, and nothing is styled, but what comes from our own files or bears this response's nonce.
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // Components set styles through the DOM, which no policy looks at. Markup brings none but this one, of
          // the element with which SvelteKit tells screen readers of a new page.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:', 'blob:'],
          'media-src': ['self', 'blob:'],
          'font-src': ['self'],
          // The live connection too: for `ws:` and `wss:`, 'self' is the same host and port (CSP level 3).
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          // Text becomes markup in one place only, where Svelte puts down what it compiled from our own components.
          'require-trusted-types-for': ['script'],
          'trusted-types': ['svelte-trusted-html'],
        },
      },
    }),
  ],
  resolve: {
    alias: [{ find: /^zod$/, replacement: join(import.meta.dirname, 'src/lib/api/zod-without-eval.ts') }],
  },
  build: { target: 'es2022' },
  // A page is a few files instead of seventy: on a slow line every file costs a round trip. What only a
  // call needs (mediasoup, Socket.IO) stays in the pages of a visit.
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [{ name: 'shared', test: isShared, minShareCount: 2 }],
            },
          },
        },
      },
    },
  },
});
