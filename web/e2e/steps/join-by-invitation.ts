import { expectUsable } from '../accessibility/expect-usable.ts';
import type { Person } from '../stage/person.ts';
import { giveFingerprintReader } from './fingerprint-reader.ts';
import { signInAs } from './sign-in.ts';

/** Opens the link of an invitation, chooses a password, signs in, and adds the second step that is asked for. */
export async function joinByInvitation(
  person: Person,
  link: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const { page } = person;
  await page.goto(link, { waitUntil: 'networkidle' });
  await page.getByText(email).waitFor();
  await expectUsable(page);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  await giveFingerprintReader(person);
  await signInAs(page, { email, password });
  await page.waitForURL(/\/account$/);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name of the passkey').fill('My computer');
  await page.getByRole('button', { name: 'Go on with this device' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Not used yet').waitFor();
}
