import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** Resolves when the mail server has taken the message (or the file is written). */
  send(mail: Mail): Promise<void>;
}

export interface MailerOptions {
  readonly from: string;
  /** `smtp://user:password@host:587`; null writes `.eml` files instead. */
  readonly smtpUrl: string | null;
  readonly directory: string;
}

/** Sends through the clinic's mail server, or keeps every message as a file that any mail program opens. */
export function createMailer({ from, smtpUrl, directory }: MailerOptions): Mailer {
  return smtpUrl === null ? createFileMailer(from, directory) : createSmtpMailer(from, smtpUrl);
}

function createSmtpMailer(from: string, smtpUrl: string): Mailer {
  const transport = createTransport(smtpUrl);
  return { send: async (mail) => void (await transport.sendMail({ from, ...mail })) };
}

function createFileMailer(from: string, directory: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(mail) {
      const { message } = await transport.sendMail({ from, ...mail });
      if (!Buffer.isBuffer(message)) throw new Error('the message was not rendered');
      await mkdir(directory, { recursive: true });
      const file = join(directory, `${Date.now()}-${randomUUID()}.eml`);
      // Reset links are in it: for the owner's eyes.
      await writeFile(`${file}.part`, message, { mode: 0o600 });
      // Whoever looks into the folder finds whole messages only.
      await rename(`${file}.part`, file);
    },
  };
}
