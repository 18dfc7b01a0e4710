import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMail } from '../../../scripts/lib/read-mail.ts';
import { eventually } from '../stage/eventually.ts';

/** Does something that sends a mail, and answers with the link in the next one that comes to an address. */
export async function linkMailedTo(
  email: string,
  mailFolder: string,
  act: () => Promise<void>,
): Promise<string> {
  const before = new Set(await mailsIn(mailFolder));
  await act();
  const links = async () => {
    const news = (await mailsIn(mailFolder)).filter((name) => !before.has(name));
    const mails = await Promise.all(
      news.map(async (name) => readMail(await readFile(join(mailFolder, name), 'utf8'))),
    );
    return mails.filter(({ to }) => to === email).flatMap(({ text }) => /https?:\S+/.exec(text) ?? []);
  };
  const [link = ''] = await eventually('the mail', links, ({ length }) => length > 0);
  return link;
}

async function mailsIn(folder: string): Promise<string[]> {
  // There is no folder before the first mail.
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.eml'));
}
