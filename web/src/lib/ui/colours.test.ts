import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', '..');

/** A colour of Tailwind's palette: it would stay as it is when the theme or the tenant's brand changes. */
const PALETTE =
  /(?<![\w-])(?:bg|text|border|ring|outline|fill|stroke|decoration|accent|caret|from|via|to|shadow|divide|placeholder)-(?:black|white|(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d+)\b/g;

it('takes every colour of a page from the tokens', () => {
  const found = globSync('**/*.{svelte,ts}', {
    cwd: source,
    exclude: ['lib/paraglide/**', '**/*.test.ts'],
  }).flatMap(
    (file) =>
      readFileSync(join(source, file), 'utf8')
        .match(PALETTE)
        ?.map((use) => `${file}: ${use}`) ?? [],
  );
  expect(found).toEqual([]);
});

it('gives the bar of the browser the colour of the page’s own header, in both themes', () => {
  const surfaces = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').matchAll(
    /--cc-surface: (#\w+);/g,
  );
  const bar = /name="theme-color" content="(#\w+)" data-light="(#\w+)" data-dark="(#\w+)"/.exec(
    readFileSync(join(source, 'app.html'), 'utf8'),
  );
  const [light, dark] = [...surfaces].map(([, colour]) => colour);
  expect(bar?.slice(1)).toEqual([light, light, dark]);
});
