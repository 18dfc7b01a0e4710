import type { Page } from 'playwright-core';
import { linkMailedTo } from './mail.ts';

/** Asks for a link the way a person does, and answers with the one in the mail that then arrives. */
export function askForLink(page: Page, email: string, mailFolder: string): Promise<string> {
  return linkMailedTo(email, mailFolder, async () => {
    // The form is ready once the page's scripts have arrived.
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: 'I forgot my password' }).click();
    // The page before has a field of the same name.
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look in your e-mail' }).waitFor();
  });
}

export async function setNewPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Save the new password' }).click();
}
