import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readMail } from '../../../scripts/lib/read-mail.ts';
import { eventually } from '../stage/eventually.ts';

/** Asks for a link the way a person does, and answers with the one in the mail that then arrives. */
export async function askForLink(page: Page, email: string, mailFolder: string): Promise<string> {
  const before = new Set(await mailsIn(mailFolder));
  // The form is ready once the page's scripts have arrived.
  await page.goto('/sign-in', { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'I forgot my password' }).click();
  // The page before has a field of the same name.
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('heading', { name: 'Look in your e-mail' }).waitFor();
  const news = async () => (await mailsIn(mailFolder)).filter((name) => !before.has(name));
  const [name = ''] = await eventually('the mail', news, ({ length }) => length > 0);
  const { to, text } = readMail(await readFile(join(mailFolder, name), 'utf8'));
  const link = /https?:\S+/.exec(text)?.[0];
  if (to !== email || link === undefined) throw new Error(`the mail to ${to} has no link for ${email}`);
  return link;
}

export async function setNewPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Save the new password' }).click();
}

async function mailsIn(folder: string): Promise<string[]> {
  // There is no folder before the first mail.
  return readdir(folder).catch(() => []);
}
