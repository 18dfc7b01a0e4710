import { expect, test } from 'vitest';
import { html } from './html.ts';

test('values are escaped, markup is not escaped twice', () => {
  const inner = html`<b>${'<script>"&\''}</b>`;
  expect(html`<p>${inner}${3}${[inner]}</p>`.markup).toBe(
    '<p><b>&#60;script&#62;&#34;&#38;&#39;</b>3<b>&#60;script&#62;&#34;&#38;&#39;</b></p>',
  );
});
