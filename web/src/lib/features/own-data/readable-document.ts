import type { TimeZone } from '@careconnect/contracts';
import { flushSync, mount, unmount } from 'svelte';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, getTextDirection } from '#lib/paraglide/runtime.js';
import type { OwnCopy } from './own-copy.ts';
import ReadableCopy from './readable-copy.svelte';

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f1d1a}
:lang(ur){font-family:"Noto Nastaliq Urdu",system-ui,sans-serif;line-height:2.2}
h1{font-size:1.75rem}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}h3{margin-bottom:0}
dt{font-weight:600}dd{margin:0 0 .5rem}li{margin-bottom:.5rem}p{margin:.25rem 0}.text{white-space:pre-line}
@media print{h2{break-after:avoid}}`;

/** One page that needs nothing else, asks nobody for anything, and runs nothing. */
export function readableDocument(copy: OwnCopy, clinic: string, zone: TimeZone): string {
  const target = document.createElement('div');
  const shown = mount(ReadableCopy, { target, props: { copy, clinic, zone } });
  flushSync();
  const content = target.innerHTML.replaceAll(/<!--.*?-->/g, '');
  void unmount(shown);
  return `<!doctype html>
<html lang="${getLocale()}" dir="${getTextDirection()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${m.copy_title()}</title>
<style>${STYLE}</style>
</head>
<body>
${content}
</body>
</html>
`;
}
