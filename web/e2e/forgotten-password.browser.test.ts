import type { Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { createJourney } from './stage/journey.ts';
import { openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { askForLink, setNewPassword } from './steps/forgotten-password.ts';
import { PHARMACIST, signInAs } from './steps/sign-in.ts';

const NEW_PASSWORD = 'seven quiet orchards';

describe('a forgotten password', () => {
  const mailFolder = inject('mailFolder');
  let person: Person;
  let elsewhere: Person;
  let link: string;

  const step = createJourney();
  photographOnFailure(() => ({ person, elsewhere }));

  beforeAll(async () => {
    person = await openPerson({ recording: null });
    elsewhere = await openPerson({ recording: null });
    await signInAs(elsewhere.page, PHARMACIST);
  });

  afterAll(async () => {
    await person.leave();
    await elsewhere.leave();
  });

  step('is answered with a link by mail', async () => {
    link = await askForLink(person.page, PHARMACIST.email, mailFolder);
  });

  step('is replaced by a new one through that link, also after a wrong try', async () => {
    const { page } = person;
    await page.goto(link, { waitUntil: 'networkidle' });
    await setNewPassword(page, 'short');
    await page.getByRole('link', { name: 'The password needs at least 12 characters' }).click();
    await setNewPassword(page, NEW_PASSWORD);
    await page.getByRole('heading', { name: 'Your new password is set' }).waitFor();
  });

  step('ends what was open on another device', async () => {
    await elsewhere.page.goto('/pharmacy');
    await elsewhere.page.waitForURL(/\/sign-in/);
  });

  step('opens nothing any more, and the new one does', async () => {
    const { page } = person;
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(PHARMACIST.email);
    await page.getByLabel('Password', { exact: true }).fill(PHARMACIST.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('You are not signed in').waitFor();
    await signInAs(page, { ...PHARMACIST, password: NEW_PASSWORD });
    await page.waitForURL(/\/pharmacy$/);
  });

  step(
    'has a link that works once, and says so before anything is typed, also when it is cut off',
    async () => {
      const { page } = elsewhere;
      await page.goto(link, { waitUntil: 'networkidle' });
      await page.getByText('This link no longer works').waitFor();
      await page.getByRole('link', { name: 'Get a new link' }).waitFor();
      expect(await page.getByLabel('New password', { exact: true }).count()).toBe(0);
      await page.goto('/reset-password#token=cut', { waitUntil: 'networkidle' });
      await page.reload();
      await page.getByText('This link is not complete').waitFor();
    },
  );

  step('can be set to what it was, whatever is told late about a link opened before', async () => {
    const { page } = elsewhere;
    const fresh = await askForLink(page, PHARMACIST.email, mailFolder);
    const isAboutUsed = (request: Request) =>
      request.postData()?.includes(new URL(link).hash.replace('#token=', '')) === true;
    const { promise: late, resolve: answer } = Promise.withResolvers<void>();
    await page.route('**/api/v1/auth/reset-password/check', async (route) => {
      if (isAboutUsed(route.request())) await late;
      await route.continue();
    });
    const asked = page.waitForRequest(isAboutUsed);
    await page.goto(link);
    await asked;
    await page.evaluate((hash) => void (location.hash = hash), new URL(fresh).hash);
    await page.getByLabel('New password', { exact: true }).waitFor();
    const answered = page.waitForResponse((response) => isAboutUsed(response.request()));
    answer();
    await (await answered).finished();
    await setNewPassword(page, PHARMACIST.password);
    await page.getByRole('heading', { name: 'Your new password is set' }).waitFor();
    await signInAs(page, PHARMACIST);
  });
});
