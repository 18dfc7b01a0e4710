import type { Mail } from '../../core/mailer.ts';

export const RESET_LINK_TTL_MINUTES = 30;

export interface ResetMailFacts {
  readonly to: string;
  readonly name: string;
  readonly link: string;
}

/** Plain text first: it is what screen readers and plain mail programs show, and it says the same. */
export function resetMail({ to, name, link }: ResetMailFacts): Mail {
  const lines = {
    greeting: `Hello ${name},`,
    what: 'somebody, most likely you, asked to set a new password for your CareConnect account.',
    how: `This link works once, for ${RESET_LINK_TTL_MINUTES} minutes:`,
    otherwise: 'If it was not you, there is nothing to do: your password stays as it is.',
    end: 'CareConnect',
  };
  const text = [lines.greeting, lines.what, `${lines.how}\n${link}`, lines.otherwise, lines.end].join('\n\n');
  return { to, subject: 'Set a new password', text: `${text}\n`, html: html(lines, link) };
}

function html(
  lines: Readonly<Record<'greeting' | 'what' | 'how' | 'otherwise' | 'end', string>>,
  link: string,
): string {
  const paragraph = (content: string) => `<p style="margin:0 0 20px">${content}</p>`;
  const href = escapeHtml(link);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Set a new password</title>
</head>
<body style="margin:0;padding:24px">
<div style="max-width:520px;margin:0 auto;font:18px/1.6 system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
${paragraph(escapeHtml(lines.greeting))}
${paragraph(escapeHtml(lines.what))}
${paragraph(`<a href="${href}" style="display:inline-block;padding:14px 28px;border-radius:10px;background:#0b5c6b;color:#ffffff;font-weight:600;text-decoration:none">Set a new password</a>`)}
${paragraph(`${escapeHtml(lines.how)}<br><a href="${href}" style="color:inherit;word-break:break-all;font-size:15px">${href}</a>`)}
${paragraph(escapeHtml(lines.otherwise))}
${paragraph(escapeHtml(lines.end))}
</div>
</body>
</html>
`;
}

function escapeHtml(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
