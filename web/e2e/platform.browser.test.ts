import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { joinByInvitation } from './steps/join-by-invitation.ts';
import { linkMailedTo } from './steps/mail.ts';

const RUNA = { email: 'runa@platform.example.org', password: 'seven quiet orchards' };
const NADIA = { name: 'Nadia Aslam', email: 'nadia@shifa.example.org', password: 'eight quiet orchards' };
const CLINIC = 'Shifa House';

/** What the operator does on the server. */
async function operatorInvites(email: string): Promise<string> {
  const script = join(import.meta.dirname, '..', '..', 'api', 'src', 'platform-admin.main.ts');
  const env = { ...process.env, DATABASE_URL: inject('databaseUrl'), PUBLIC_ORIGIN: inject('origin') };
  const { stdout } = await promisify(execFile)(process.execPath, [script, email], { env });
  return /https?:\S+/.exec(stdout)?.[0] ?? '';
}

describe('an organization that is made, run by its first administrator, and suspended', () => {
  let runner: Person;
  let admin: Person;
  let link = '';

  const step = createJourney();
  photographOnFailure(() => ({ runner, admin }));

  beforeAll(async () => {
    runner = await openPerson({ recording: null, viewport: LAPTOP });
    admin = await openPerson({ recording: null });
  });
  afterAll(async () => {
    await runner.leave();
    await admin.leave();
  });

  step('somebody whom the operator has invited comes to run the platform, with a second step', async () => {
    await joinByInvitation(runner, await operatorInvites(RUNA.email), RUNA);
    const { page } = runner;
    await page.goto('/platform/people', { waitUntil: 'networkidle' });
    await page.getByRole('row', { name: RUNA.email }).waitFor();
    await expectUsable(page);
    await page.goto('/platform', { waitUntil: 'networkidle' });
    const demo = page.getByRole('row', { name: 'Rahma Clinic' });
    await demo.getByText('Open').waitFor();
    await expectUsable(page);
  });

  step('makes an organization, and its first administrator is invited by mail', async () => {
    const { page } = runner;
    await page.getByRole('link', { name: 'New organization' }).click();
    await page.getByLabel('Name', { exact: true }).fill(CLINIC);
    expect(await page.getByLabel('Short name in addresses').inputValue()).toBe('shifa-house');
    await page.getByLabel('Country').selectOption('PK');
    await page.getByLabel('Time zone').selectOption('Asia/Karachi');
    await page.getByLabel('Name of the place').fill('Gulberg');
    await page.getByLabel('Address', { exact: true }).fill('Main Boulevard 4, Lahore');
    await page.getByLabel('Full name').fill(NADIA.name);
    await page.getByLabel('E-mail address').fill(NADIA.email);
    await expectUsable(page);
    link = await linkMailedTo(NADIA.email, inject('mailFolder'), async () => {
      await page.getByRole('button', { name: 'Make it and send the invitation' }).click();
      await page.getByRole('row', { name: CLINIC }).getByText('Invitation sent').waitFor();
    });
  });

  step('who joins, and is told what to do first in an organization that is empty', async () => {
    await joinByInvitation(admin, link, NADIA);
    const { page } = admin;
    await page.goto('/admin', { waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: CLINIC, level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Your first steps' }).waitFor();
    await expectUsable(page);
    await page.getByRole('link', { name: 'Invite people' }).click();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    expect(admin.complaints).toEqual([]);
  });

  step('is suspended with a reason, and everybody there is out', async () => {
    const { page } = runner;
    await page.reload();
    await page.getByRole('button', { name: `What to do with ${CLINIC}` }).click();
    await page.getByRole('menuitem', { name: 'Suspend' }).click();
    const dialog = page.getByRole('dialog', { name: `Suspend ${CLINIC}?` });
    await dialog.getByLabel('Reason').fill('Its contract has ended');
    await expectUsable(page);
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('row', { name: CLINIC }).getByText('Its contract has ended').waitFor();
    await admin.page.goto('/admin/people');
    await admin.page.waitForURL(/\/sign-in/);
    await admin.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await admin.page.getByText('This organization is suspended for now').waitFor();
    await expectUsable(page);
    expect(runner.complaints).toEqual([]);
  });
});
