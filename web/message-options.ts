import type { compile } from '@inlang/paraglide-js';

/** How the sentences in `messages/` become functions; the build and `npm run generate` agree by this. */
export const messageOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  strategy: ['cookie', 'baseLocale'],
  emitTsDeclarations: true,
  emitReadme: false,
  emitPrettierIgnore: false,
  emitGitIgnore: false,
} satisfies Parameters<typeof compile>[0];
