import { describe, expect, it } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { chooseNextSlot } from './steps/book.ts';
import { createCast } from './steps/cast.ts';
import { endForEveryone } from './steps/in-visit.ts';
import { ANOTHER_DOCTOR, DOCTOR, fillSignIn, PATIENT, signIn, signOut } from './steps/sign-in.ts';
import { admit, enterAsGuest, queueRow } from './steps/walk-in.ts';

describe('what goes wrong has its own screen and a way on', () => {
  const { open, openGuest, openDoctor } = createCast();

  it('a visit that does not exist', async () => {
    const { page } = await open('patient');
    await signIn(page, PATIENT);
    for (const id of ['0198c0de-0000-7000-8000-000000000000', 'not-a-visit']) {
      await page.goto(`/visit/${id}`);
      await page.getByRole('heading', { name: 'We cannot find this visit' }).waitFor();
    }
    await page.getByRole('link', { name: 'Go to my start page' }).click();
    await page.waitForURL(/\/patient$/);
  });

  it('a visit of someone else', async () => {
    const [, path] = await openGuest('Rubina Guest', { walkIn: DOCTOR.walkIn });
    const { page } = await open('patient');
    await signIn(page, PATIENT);
    await page.goto(path);
    await page.getByRole('heading', { name: 'We cannot find this visit' }).waitFor();
    expect(await page.getByText('Rubina Guest').count()).toBe(0);
  });

  it('nobody signed in', async () => {
    const [, path] = await openGuest('Tariq Guest', { walkIn: DOCTOR.walkIn });
    const { page, complaints } = await open('stranger');
    await page.goto(path);
    await page.waitForURL(/\/sign-in\?returnTo=/);
    // Nothing was asked that the platform would have had to refuse.
    expect(complaints).toEqual([]);
  });

  it('a second tab of the same person, which can take over and be taken over again', async () => {
    const [guest, path] = await openGuest('Saba Guest', { walkIn: DOCTOR.walkIn });
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    await guest.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();

    const second = await guest.context.newPage();
    await second.goto(path);
    await second.getByRole('heading', { name: 'You are already in this visit' }).waitFor();
    await guest.page.getByRole('switch', { name: 'Microphone', checked: true }).click();
    await second.getByRole('button', { name: 'Continue here' }).click();
    await second.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    await second.getByRole('switch', { name: 'Microphone', checked: false }).click();

    await guest.page.getByRole('heading', { name: 'The visit goes on in another window' }).waitFor();
    await guest.page.getByRole('button', { name: 'Use this window instead' }).click();
    await guest.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    await guest.page.getByRole('switch', { name: 'Microphone', checked: true }).waitFor();
    await second.getByRole('heading', { name: 'The visit goes on in another window' }).waitFor();

    const doctor = await openDoctor();
    await admit(doctor.page, 'Saba Guest');
    await endForEveryone(doctor.page);
    await guest.page.waitForURL(`${path}/record`);
    await second.waitForURL(`${path}/record`, { timeout: 5_000 });
  });

  it('a doctor who signs out in one window, which the others show, and who comes back to the visit', async () => {
    const [guest, path] = await openGuest('Nadia Guest', { walkIn: DOCTOR.walkIn });
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    const { page: today, context } = await openDoctor();
    await queueRow(today, 'Nadia Guest').getByText('Here now').waitFor();
    const visit = await context.newPage();
    await visit.goto(path);
    const admitAndJoin = visit.getByRole('button', { name: 'Admit and join' });
    await admitAndJoin.waitFor();

    const elsewhere = await context.newPage();
    await elsewhere.goto('/doctor/schedule');
    await signOut(elsewhere);
    await today.getByText('You have been signed out').waitFor();
    expect(await today.getByText('Nadia Guest').count()).toBe(0);
    await visit.getByRole('heading', { name: 'You have been signed out' }).waitFor();

    await elsewhere.close();
    await visit.bringToFront();
    await visit.getByRole('link', { name: 'Sign in' }).click();
    await fillSignIn(visit, DOCTOR);
    await visit.waitForURL(`**${path}`);
    await admitAndJoin.click();
    await endForEveryone(visit);
    await guest.page.waitForURL(`${path}/record`);
  });

  it('a shared computer, which keeps nothing of what was typed once the person has signed out', async () => {
    const { page } = await open('patient', { recording: null });
    await signIn(page, PATIENT);
    await chooseNextSlot(page, DOCTOR.name);
    await page.getByLabel('What is it about?').fill('Something private');
    await page.goto('/patient');
    await signOut(page);
    const kept = () => JSON.stringify({ ...sessionStorage, ...localStorage });
    expect(await page.evaluate(kept)).not.toContain('Something private');
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
    expect(await page.evaluate(kept)).not.toContain('Something private');
  });

  it('a phone that guests share, which forgets the one before as soon as the next says so', async () => {
    const [{ page }, path] = await openGuest('Mehwish Guest');
    await page.goto(ANOTHER_DOCTOR.walkIn);
    await page.getByRole('button', { name: 'Continue as Mehwish Guest' }).waitFor();
    await page.evaluate(() => sessionStorage.setItem('careconnect.personal.draft', 'Something private'));
    await page.getByRole('button', { name: 'I am someone else' }).click();
    await page.getByLabel('Your full name').waitFor();
    expect(await page.getByText('Mehwish Guest').count()).toBe(0);
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toMatch(
      /careconnect\.personal|Something private/,
    );
    const next = await enterAsGuest(page, 'Yusra Guest');
    expect(next).not.toBe(path);
    await page.goto(path);
    await page.getByRole('heading', { name: 'We cannot find this visit' }).waitFor();
  });

  it('an account that is signed in where a guest wants to come in', async () => {
    const { page } = await open('patient', { recording: null });
    await signIn(page, PATIENT);
    await page.goto(ANOTHER_DOCTOR.walkIn);
    await page.getByText(`Then we sign ${PATIENT.name} out of this browser first.`).waitFor();
    await page.getByRole('button', { name: 'I am someone else' }).click();
    await page.getByLabel('Your full name').waitFor();
    await page.goto('/patient');
    await page.waitForURL(/\/sign-in/);
  });

  it('a guest who leaves the waiting room, whom the doctor takes out of the queue', async () => {
    const [guest] = await openGuest('Leila Guest', { walkIn: DOCTOR.walkIn });
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    const doctor = await openDoctor();
    const row = queueRow(doctor.page, 'Leila Guest');
    await row.getByText('Here now').waitFor();
    await guest.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    await guest.page.getByRole('button', { name: 'Leave the waiting room' }).click();
    await guest.page.getByRole('button', { name: 'Yes, leave' }).click();
    await row.getByText('Left at').waitFor();
    await row.getByRole('button', { name: 'Remove from the queue' }).click();
    await doctor.page.getByRole('button', { name: 'Yes, remove' }).click();
    await row.waitFor({ state: 'detached' });
    await doctor.page.locator('h1:focus, h2:focus').waitFor();
  });

  it('a visit that is over', async () => {
    const [guest, path] = await openGuest('Hamza Guest', { walkIn: DOCTOR.walkIn });
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    const doctor = await openDoctor();
    await admit(doctor.page, 'Hamza Guest');
    await endForEveryone(doctor.page);
    await guest.page.waitForURL(`${path}/record`);
    await guest.page.goto(path);
    await guest.page.waitForURL(`${path}/record`);
    await guest.page.getByText(`Your visit with ${DOCTOR.name} is over`).waitFor();
    const next = guest.page.getByRole('region', { name: 'What happens next' });
    await next.getByText('You came without an account.').waitFor();
    await next.getByRole('link', { name: 'Book a visit' }).waitFor();
    await expectUsable(guest.page);
    await next.getByRole('link', { name: 'Go to my start page' }).click();
    await guest.page.waitForURL((url) => url.pathname === '/');
    await doctor.page.goto('/doctor');
    const finished = doctor.page.getByTestId('finished-row').filter({ hasText: 'Hamza Guest' });
    await finished.getByRole('link', { name: 'Record' }).click();
    await doctor.page.waitForURL(`${path}/record`);
  });

  it('a link that leads to no doctor, and a doctor who is closed', async () => {
    const { page } = await open('stranger');
    await page.goto('/w/dr-nobody');
    await page.getByRole('heading', { name: 'This link leads to no doctor' }).waitFor();
    await page.goto('/w/dr-omar-rehman');
    await page.getByText('Closed now').waitFor();
    await page.getByRole('link', { name: 'Book a time' }).click();
    await fillSignIn(page, PATIENT);
    await page.waitForURL(/\/patient\/book\/[0-9a-f-]+$/);
    await page.getByText('Dr Omar Rehman').first().waitFor();
  });
});
