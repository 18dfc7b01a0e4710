import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { readMail, type ReceivedMail } from '../../../scripts/lib/read-mail.ts';

/** Stands where the clinic's mail server is: speaks as much SMTP (RFC 5321) as a client needs, and keeps every message. */
export interface RecordingRelay {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  close(): Promise<void>;
}

export async function startRecordingRelay(): Promise<RecordingRelay> {
  const mails: ReceivedMail[] = [];
  const server = createServer((socket) => void converse(socket, mails));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function converse(socket: Socket, mails: ReceivedMail[]): Promise<void> {
  const say = (reply: string) => void socket.write(`${reply}\r\n`);
  let content: string[] | null = null;
  say('220 relay');
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (content !== null) {
      if (line !== '.') {
        // A line that begins with a dot was sent with one more.
        content.push(line.startsWith('.') ? line.slice(1) : line);
        continue;
      }
      mails.push(readMail(content.join('\n')));
      content = null;
      say('250 kept');
    } else if (line === 'DATA') {
      content = [];
      say('354 go on');
    } else if (line === 'QUIT') {
      socket.end('221 bye\r\n');
    } else say('250 fine');
  }
}
