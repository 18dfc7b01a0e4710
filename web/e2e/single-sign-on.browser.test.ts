import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { startTestProvider, type TestProvider } from '../../scripts/stack/test-provider.ts';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { signInAs } from './steps/sign-in.ts';

const NEWCOMER = { sub: 'employee-4711', name: 'Rabia Aziz', groups: ['front desk'] };

describe('an organization with a sign-in of its own', () => {
  let provider: TestProvider;
  let admin: Person;
  let newcomer: Person;
  let clinic = '';

  const step = createJourney();
  photographOnFailure(() => ({ admin, newcomer }));

  beforeAll(async () => {
    provider = await startTestProvider(inject('providerPort'));
    admin = await openPerson({ recording: null, viewport: LAPTOP });
    newcomer = await openPerson({ recording: null });
    await signInAs(admin.page, demoAccount('admin'));
  });

  afterAll(async () => {
    await admin.leave();
    await newcomer.leave();
    await provider.close();
  });

  step('is set up by an administrator', async () => {
    const { page } = admin;
    await page.goto('/admin/security', { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: 'Sign-in with your own service' }).click();
    const redirectUri = await page.getByText(/\/callback$/).innerText();
    clinic = new URL(redirectUri).pathname.split('/')[2] ?? '';
    const { clientId, clientSecret } = provider.register(redirectUri);
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByRole('link', { name: 'Type the client ID' }).waitFor();
    await expectUsable(page);
    await page.getByLabel('Address of the service (issuer)').fill(`${provider.issuer}/elsewhere`);
    await page.getByLabel('Client ID').fill(clientId);
    await page.getByLabel('Client secret', { exact: true }).fill(clientSecret);
    await page.getByLabel('Group', { exact: true }).fill('front desk');
    await page.getByLabel('Role').selectOption({ label: 'Reception' });
    await page.getByRole('radio', { name: /^Everybody in one of these groups/ }).check();
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByText('This sign-in service cannot be used.').waitFor();
    await page.getByLabel('Address of the service (issuer)').fill(provider.issuer);
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByText('The sign-in is set up').waitFor();
    await page.getByText(new RegExp(`/sign-in/${clinic}$`)).waitFor();
  });

  step('lets somebody of it in, who has no account yet, and takes them to where they work', async () => {
    const { page } = newcomer;
    provider.signsIn(NEWCOMER);
    await page.goto('/sign-in', { waitUntil: 'networkidle' });
    await page.getByText('Sign in with your organization').click();
    await page.getByLabel('Short name of your organization').fill(clinic);
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByRole('heading', { name: /^Sign in to/ }).waitFor();
    await expectUsable(page);
    await page.getByRole('button', { name: 'Go to your organization’s sign-in' }).click();
    await page.waitForURL(/\/reception$/);
    await page.goto('/account', { waitUntil: 'networkidle' });
    await page.getByText('Your account was made by your organization’s sign-in').waitFor();
    await expectUsable(page);
    expect(newcomer.refused).toEqual([]);
  });

  step('brings them back to the page that they wanted', async () => {
    const { page } = newcomer;
    await page.context().clearCookies();
    await page.goto('/reception/register', { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: `Sign in with ${clinic}` }).click();
    await page.getByRole('button', { name: 'Go to your organization’s sign-in' }).click();
    await page.waitForURL(/\/reception\/register$/);
  });

  step('tells whoever is in no group with a role, and what came back is in no history', async () => {
    const { page } = newcomer;
    await page.context().clearCookies();
    provider.signsIn({ ...NEWCOMER, groups: ['canteen'] });
    await page.goto(`/sign-in/${clinic}`, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Go to your organization’s sign-in' }).click();
    await page.getByText('none of your groups has a role here').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await expectUsable(page);
    await page.getByRole('button', { name: 'Begin again' }).click();
    await page.getByRole('heading', { name: /^Sign in to/ }).waitFor();
  });

  step('can be stopped, and is then no way in any more', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Stop this sign-in' }).click();
    await expectUsable(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Stop this sign-in' }).click();
    await page.getByText('The sign-in is stopped').waitFor();
    await newcomer.page.reload({ waitUntil: 'networkidle' });
    await newcomer.page.getByRole('heading', { name: 'There is no such sign-in' }).waitFor();
  });
});
