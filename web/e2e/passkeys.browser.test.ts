import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { giveFingerprintReader } from './steps/fingerprint-reader.ts';
import { PHARMACIST, signInAs, signOut } from './steps/sign-in.ts';

describe('a passkey', () => {
  let person: Person;
  const step = createJourney();
  photographOnFailure(() => ({ person }));

  beforeAll(async () => {
    person = await openPerson({ recording: null });
    await giveFingerprintReader(person);
  });
  afterAll(() => person.leave());

  step('is added in the account, with codes for when the device is lost', async () => {
    const { page } = person;
    await signInAs(page, PHARMACIST);
    await page.goto('/account', { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const name = page.getByLabel('Name of the passkey');
    expect(await name.inputValue()).toBe('Chrome on Linux');
    await name.fill('The counter’s computer');
    await expectUsable(page);
    await page.getByRole('button', { name: 'Go on with this device' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('Not used yet').waitFor();
    await page.getByText('On: after your password you are asked for your passkey.').waitFor();
    await page.getByText('10 recovery codes left.').waitFor();
    await expectUsable(page);
  });

  step('signs in with nothing typed', async () => {
    const { page } = person;
    await page.goto('/pharmacy', { waitUntil: 'networkidle' });
    await signOut(page);
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    await expectUsable(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    await page.goto('/account', { waitUntil: 'networkidle' });
    await page
      .getByText(/Last used/)
      .first()
      .waitFor();
  });

  step('is the second step after a password', async () => {
    const { page } = person;
    await page.context().clearCookies();
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    await page.getByLabel('E-mail').fill(PHARMACIST.email);
    await page.getByLabel('Password', { exact: true }).fill(PHARMACIST.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: 'Use my passkey' }).click();
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
  });

  step('is called something else, and removed', async () => {
    const { page } = person;
    await page.goto('/account', { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Rename The counter’s computer' }).click();
    await page.getByLabel('Name of the passkey').fill('Old computer');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByRole('button', { name: 'Remove Old computer' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('The passkey is removed').waitFor();
    await page.getByRole('button', { name: 'Remove Old computer' }).waitFor({ state: 'detached' });
    expect(person.complaints).toEqual([]);
  });
});
