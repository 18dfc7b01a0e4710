import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { linkMailedTo } from './steps/mail.ts';
import { signInAs } from './steps/sign-in.ts';

const ADMIN = demoAccount('admin');
const NEWCOMER = { name: 'Hira Aslam', email: 'hira.new@example.org', password: 'seven quiet orchards' };

describe('somebody who is invited to the front desk, and later suspended', () => {
  const mailFolder = inject('mailFolder');
  let admin: Person;
  let newcomer: Person;
  let link = '';

  const step = createJourney();
  photographOnFailure(() => ({ admin, newcomer }));

  beforeAll(async () => {
    admin = await openPerson({ recording: null, viewport: LAPTOP });
    newcomer = await openPerson({ recording: null });
    await signInAs(admin.page, ADMIN);
  });

  afterAll(async () => {
    await admin.leave();
    await newcomer.leave();
  });

  step('is invited by an administrator', async () => {
    const { page } = admin;
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    link = await linkMailedTo(NEWCOMER.email, mailFolder, async () => {
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Full name').fill(NEWCOMER.name);
      await dialog.getByLabel('E-mail address').fill(NEWCOMER.email);
      await expectUsable(page);
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await page.getByRole('button', { name: `Take back the invitation of ${NEWCOMER.name}` }).waitFor();
    });
    await expectUsable(page);
  });

  step('opens the link, chooses a password and is at the desk', async () => {
    const { page } = newcomer;
    await page.goto(link, { waitUntil: 'networkidle' });
    await page.getByText(NEWCOMER.email).waitFor();
    await expectUsable(page);
    expect(await page.getByLabel('Full name').inputValue()).toBe(NEWCOMER.name);
    await page.getByLabel('Password', { exact: true }).fill(NEWCOMER.password);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    await signInAs(page, NEWCOMER);
    await page.waitForURL(/\/reception$/);
  });

  step('is kept to a department, and sees no others after the next sign-in', async () => {
    const { page } = admin;
    await page.reload();
    await page.getByLabel('Name or e-mail address').fill('hira.new');
    await page.keyboard.press('Tab');
    await page.waitForURL(/q=hira/);
    await page.getByRole('button', { name: `What to do with ${NEWCOMER.name}` }).click();
    await page.getByRole('menuitem', { name: 'Departments' }).click();
    const dialog = page.getByRole('dialog', { name: `For which departments does ${NEWCOMER.name} work?` });
    await dialog.getByLabel('Only these').check();
    await dialog.getByLabel('Cardiology').check();
    await expectUsable(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: NEWCOMER.name }).getByText('Cardiology, Clifton').waitFor();
    await signInAs(newcomer.page, NEWCOMER);
    await newcomer.page.waitForURL(/\/reception$/);
    const doctors = newcomer.page.getByLabel('Doctor', { exact: true });
    await doctors.waitFor();
    const names = await doctors.getByRole('option').allTextContents();
    expect(names.map((name) => name.trim())).toEqual(['All doctors', expect.stringMatching(/^Dr /)]);
  });

  step('is suspended, and out', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: `What to do with ${NEWCOMER.name}` }).click();
    await page.getByRole('menuitem', { name: 'Suspend' }).click();
    const dialog = page.getByRole('dialog', { name: `Suspend ${NEWCOMER.name}?` });
    await expectUsable(page);
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('row', { name: NEWCOMER.name }).getByText('Suspended').waitFor();
    await newcomer.page.goto('/reception/register');
    await newcomer.page.waitForURL(/\/sign-in/);
    expect(admin.complaints).toEqual([]);
  });
});
