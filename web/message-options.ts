import type { compile } from '@inlang/paraglide-js';

/** How the sentences in `messages/` become functions; the build and `npm run generate` agree by this. */
export const messageOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  // What the person has chosen, else what their device asks for; in the browser the page's own, see hooks.client.ts.
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  cookieName: 'cc_language',
  emitTsDeclarations: true,
  emitReadme: false,
  emitPrettierIgnore: false,
  emitGitIgnore: false,
} satisfies Parameters<typeof compile>[0];
