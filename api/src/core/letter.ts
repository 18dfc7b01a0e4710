import type { Mail } from './mailer.ts';

export interface LetterFacts {
  readonly to: string;
  readonly subject: string;
  /** Of whom it is for; null where that is not known. */
  readonly name: string | null;
  readonly before: readonly string[];
  readonly button?: { readonly label: string; readonly href: string; readonly hint: string };
  readonly after?: readonly string[];
}

const END = 'CareConnect';

/** Plain text first: it is what screen readers and plain mail programs show, and it says the same. */
export function letter({ to, subject, name, before, button, after = [] }: LetterFacts): Mail {
  const opening = [name === null ? 'Hello,' : `Hello ${name},`, ...before];
  const closing = [...after, END];
  const link = button ? [`${button.hint}\n${button.href}`] : [];
  return {
    to,
    subject,
    text: `${[...opening, ...link, ...closing].join('\n\n')}\n`,
    html: page(subject, [
      ...opening.map((text) => paragraph(escapeHtml(text))),
      ...(button ? linkParagraphs(button) : []),
      ...closing.map((text) => paragraph(escapeHtml(text))),
    ]),
  };
}

function linkParagraphs({ label, href, hint }: NonNullable<LetterFacts['button']>): string[] {
  const address = escapeHtml(href);
  return [
    paragraph(
      `<a href="${address}" style="display:inline-block;padding:14px 28px;border-radius:10px;background:#0b5c6b;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(label)}</a>`,
    ),
    paragraph(
      `${escapeHtml(hint)}<br><a href="${address}" style="color:inherit;word-break:break-all;font-size:15px">${address}</a>`,
    ),
  ];
}

function paragraph(content: string): string {
  return `<p style="margin:0 0 20px">${content}</p>`;
}

function page(title: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin:0;padding:24px">
<div style="max-width:520px;margin:0 auto;font:18px/1.6 system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
${paragraphs.join('\n')}
</div>
</body>
</html>
`;
}

function escapeHtml(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
