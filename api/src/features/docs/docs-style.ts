/** The look of the reference. No font, image or script is loaded from anywhere. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1d2b30, #e4ecee); --soft: light-dark(#566a71, #9db1b8);
  --line: light-dark(#d9e2e5, #2c3b41); --ground: light-dark(#fbfcfc, #11191c); --panel: light-dark(#fff, #172125);
  --accent: light-dark(#0b5c6b, #6fc7d6); --code: light-dark(#eef3f4, #1e2b30); }
* { box-sizing: border-box }
html { scroll-behavior: smooth; scroll-padding-block-start: 1rem }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans", Helvetica, Arial, sans-serif }
a { color: var(--accent); text-underline-offset: .2em }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
code, .path { font: .9375em/1.5 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace }
code { background: var(--code); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere }
.frame { display: grid; grid-template-columns: minmax(0, 1fr); max-inline-size: 76rem; margin-inline: auto; padding: 1.5rem 1.25rem 6rem }
nav ul { list-style: none; margin: 0 0 1.25rem; padding: 0 }
nav a { display: flex; gap: .6rem; align-items: baseline; padding-block: .45rem; text-decoration: none; color: inherit }
nav a:hover { color: var(--accent) }
nav h2 { font-size: .9375rem; margin: 0; color: var(--soft); font-weight: 600 }
nav summary { cursor: pointer; padding-block: .6rem; font-weight: 600 }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.015em }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 3.5rem 0 .25rem; letter-spacing: -.01em }
h3 { font-size: 1.1875rem; line-height: 1.35; margin: 0 }
h4 { font-size: .9375rem; margin: 1.5rem 0 .35rem; color: var(--soft) }
p { margin: .5rem 0; max-inline-size: 42rem } .soft { color: var(--soft) }
article { background: var(--panel); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem; margin-block: 1.25rem }
article:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent) }
.ask { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: baseline; margin-block: .6rem }
.method { font: 700 .8125rem/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace; min-inline-size: 3.2rem; color: var(--accent) }
.path { overflow-wrap: anywhere; font-weight: 600 } .anchor { color: inherit; text-decoration: none }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: .5rem 0; list-style: none }
.chips li { border: 1px solid var(--line); border-radius: 999px; padding: .05rem .7rem; font-size: .9375rem; overflow-wrap: anywhere }
.table { overflow-x: auto; border-block-start: 1px solid var(--line) } table { border-collapse: collapse; inline-size: 100% }
td, th { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-block-end: 1px solid var(--line); font-size: .9688rem }
th { font-weight: 400; overflow-wrap: anywhere } td:last-child { color: var(--soft); overflow-wrap: anywhere }
@media (min-width: 60rem) {
  .frame { grid-template-columns: 17rem minmax(0, 1fr); column-gap: 3.5rem; padding-block-start: 3rem }
  nav { position: sticky; inset-block-start: 1.5rem; align-self: start; max-block-size: calc(100vh - 3rem); overflow-y: auto }
  nav summary { display: none } nav details::details-content { content-visibility: visible; block-size: auto } }
@media (max-width: 40rem) { td, th { display: block; padding-block: 0; border: 0 } tr { display: block; padding-block: .6rem; border-block-end: 1px solid var(--line) } }
`;
