export interface ReceivedMail {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly html: string;
}

/** Reads a message with a plain and an HTML part, as a mail program would (RFC 2045 to 2047). */
export function readMail(source: string): ReceivedMail {
  const message = readPart(source);
  const boundary = /boundary="([^"]+)"/.exec(message.headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) throw new Error('the message has no parts');
  const parts = message.body.split(`--${boundary}`).slice(1, -1).map(readPart);
  const contentOf = (type: string) => {
    const part = parts.find(({ headers }) => headers.get('content-type')?.startsWith(type));
    if (!part) throw new Error(`the message has no part of type ${type}`);
    return decode(part);
  };
  const header = (name: string) => message.headers.get(name) ?? '';
  return {
    ...{ subject: header('subject'), from: header('from'), to: header('to') },
    ...{ text: contentOf('text/plain'), html: contentOf('text/html') },
  };
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

function readPart(source: string): Part {
  const [head = '', ...rest] = source.replaceAll('\r\n', '\n').replace(/^\n/, '').split('\n\n');
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { headers, body: rest.join('\n\n') };
}

function decode({ headers, body }: Part): string {
  switch (headers.get('content-transfer-encoding')) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable': {
      const bytes = body
        .replaceAll(/=\n/g, '')
        .replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        );
      return Buffer.from(bytes, 'latin1').toString('utf8');
    }
    default:
      return body;
  }
}
