import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../stage/eventually.ts';

/** Does something that sends a text message, and answers with the code in the next one that comes to a number. */
export async function codeSentTo(
  phone: string,
  smsFolder: string,
  act: () => Promise<void>,
): Promise<string> {
  const before = new Set(await messagesIn(smsFolder));
  await act();
  const codes = async () => {
    const news = (await messagesIn(smsFolder)).filter((name) => !before.has(name));
    const messages = await Promise.all(news.map((name) => readFile(join(smsFolder, name), 'utf8')));
    const ours = messages.filter((message) => message.startsWith(`To: ${phone}\n`));
    return ours.flatMap((message) => /\b\d{6}\b/.exec(message.slice(phone.length + 4)) ?? []);
  };
  const [code = ''] = await eventually('the text message', codes, ({ length }) => length > 0);
  return code;
}

async function messagesIn(folder: string): Promise<string[]> {
  // There is no folder before the first message.
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.txt'));
}
