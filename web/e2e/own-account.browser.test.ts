import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { linkMailedTo } from './steps/mail.ts';
import { signInAs } from './steps/sign-in.ts';
import { codeSentTo } from './steps/text-message.ts';

const AMINA = { email: 'amina.own@example.org', password: 'seven quiet orchards' };
const PHONE = '+923001234567';
const NEW_EMAIL = 'amina.new@example.org';

describe('an account of one’s own', () => {
  const mailFolder = inject('mailFolder');
  const smsFolder = inject('smsFolder');
  let person: Person;
  let elsewhere: Person;
  let secret = '';
  let recoveryCode = '';

  const step = createJourney();
  photographOnFailure(() => ({ person, elsewhere }));

  beforeAll(async () => {
    person = await openPerson({ recording: null });
    elsewhere = await openPerson({ recording: null });
  });

  afterAll(async () => {
    await person.leave();
    await elsewhere.leave();
  });

  const typePassword = async (page: Page, email: string) => {
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(AMINA.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
  };

  step('is made with a link by mail', async () => {
    const { page } = person;
    const link = await linkMailedTo(AMINA.email, mailFolder, async () => {
      await page.goto('/sign-in', { waitUntil: 'networkidle' });
      await page.getByRole('link', { name: 'Make an account' }).click();
      await page.getByRole('heading', { name: 'Make an account' }).waitFor();
      await expectUsable(page);
      await page.getByLabel('E-mail').fill(AMINA.email);
      await page.getByRole('button', { name: 'Send me the link' }).click();
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    });
    await page.goto(link, { waitUntil: 'networkidle' });
    await page.getByText(AMINA.email).waitFor();
    await expectUsable(page);
    await page.getByLabel('Full name').fill('Amina Bibi');
    await page.getByLabel('Day').fill('1');
    await page.getByLabel('Month').fill('4');
    await page.getByLabel('Year').fill('1955');
    await page.getByLabel('Password', { exact: true }).fill(AMINA.password);
    for (const consent of await page.getByRole('checkbox').all()) await consent.check();
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Your account is ready' }).waitFor();
    await signInAs(page, AMINA);
    await page.getByRole('heading', { name: 'Amina' }).waitFor();
  });

  step('asks for a second step once an app is set up, and gives codes for when it is lost', async () => {
    const { page } = person;
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Account and security' }).click();
    await page.getByRole('button', { name: 'Set up an app' }).click();
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await expectUsable(page);
    secret = ((await page.locator('[data-totp-key]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Code from your app').fill(generateSync({ secret }));
    await page.getByRole('button', { name: 'Turn on', exact: true }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    recoveryCode = (await page.locator('li.font-mono, ul.font-mono li').first().textContent()) ?? '';
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes left.').waitFor();
    await expectUsable(page);
  });

  step('opens with a recovery code in the place of the phone, and not with a wrong one', async () => {
    const { page } = elsewhere;
    await typePassword(page, AMINA.email);
    await expectUsable(page);
    await page.getByRole('button', { name: 'I do not have my phone' }).click();
    await page.getByLabel('Recovery code').fill('00000-00000');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('This code is not right').waitFor();
    await page.getByLabel('Recovery code').fill(recoveryCode.toLowerCase());
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL(/\/patient$/);
  });

  step('shows where it is open, and closes it there', async () => {
    const { page } = person;
    await page.reload();
    await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    await page.getByRole('button', { name: /^Sign out Chrome/ }).click();
    await page.getByText('Signed out there').waitFor();
    await elsewhere.page.goto('/account');
    await elsewhere.page.waitForURL(/\/sign-in/);
  });

  step('has a phone, once its code is typed, that codes for signing in come to', async () => {
    const { page } = person;
    const first = await codeSentTo(PHONE, smsFolder, async () => {
      await page.getByLabel('Mobile number').fill('0300 1234567');
      await page.getByRole('region', { name: 'Phone number' }).getByRole('button').click();
      await page.getByText('on its way to +92 300 1234567').waitFor();
    });
    await expectUsable(page);
    await page.getByLabel('Code that you were sent').fill(first);
    await page.getByRole('button', { name: 'This is my phone' }).click();
    await page.getByText('Your phone number is +92 300 1234567.').waitFor();
    await page.getByRole('button', { name: 'Turn on codes by e-mail' }).waitFor();
    await page.getByRole('button', { name: 'Turn on codes by text message' }).click();
    const card = page.getByRole('region', { name: 'Codes that are sent to you' });
    const second = await codeSentTo(PHONE, smsFolder, () =>
      card.getByRole('button', { name: 'Send me the code' }).click(),
    );
    await card.getByLabel('Code that you were sent').fill(second);
    await card.getByRole('button', { name: 'Turn on', exact: true }).click();
    await page.getByRole('button', { name: 'Turn off codes by text message' }).waitFor();
  });

  step('goes over to another address when the link that came to it is opened', async () => {
    const { page } = person;
    const link = await linkMailedTo(NEW_EMAIL, mailFolder, async () => {
      await page.getByLabel('New e-mail address').fill(NEW_EMAIL);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByText(`If ${NEW_EMAIL} can be reached`).waitFor();
    });
    await page.goto(link, { waitUntil: 'networkidle' });
    await expectUsable(page);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('heading', { name: 'Your address is changed' }).waitFor();
    await typePassword(elsewhere.page, NEW_EMAIL);
    expect(person.complaints).toEqual([]);
  });
});
