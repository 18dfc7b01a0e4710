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
      // Scripts run only from our own files or with this response's nonce.
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'media-src': ['self', 'blob:', 'mediastream:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'worker-src': ['self', 'blob:'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
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
