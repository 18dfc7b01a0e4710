import { afterAll, beforeAll, describe, expect } from 'vitest';
import { freePort } from '../../scripts/stack/free-port.ts';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { crashAndReload } from './stage/crash.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { bar, endForEveryone, expectToMeet, tile, writeInChat } from './steps/in-visit.ts';
import { DOCTOR, PATIENT, signIn } from './steps/sign-in.ts';
import { closeLid, putToRest } from './steps/sleep.ts';
import { enterAsPatient } from './steps/walk-in.ts';

describe('a patient whose page goes, and who is back in place by themselves', () => {
  const said: string[] = [];
  let phone: Person;
  let laptop: Person;
  let doctor: Person;
  let visitPath: string;
  let debuggingPort: number;

  const step = createJourney();
  photographOnFailure(() => ({ phone, laptop, doctor }));

  beforeAll(async () => {
    const patient = { recording: PATIENT_RECORDING };
    debuggingPort = await freePort();
    phone = await openPerson({ ...patient, debuggingPort });
    laptop = await openPerson({ ...patient, viewport: LAPTOP });
    doctor = await openPerson({ recording: DOCTOR_RECORDING, viewport: LAPTOP });
    for (const { page } of [phone, laptop, doctor]) await page.addInitScript(watchForWaiting);
    await signIn(phone.page, PATIENT);
    await signIn(laptop.page, PATIENT);
    await signIn(doctor.page, DOCTOR);
    visitPath = await enterAsPatient(phone.page, DOCTOR.walkIn);
    await doctor.page.goto(visitPath);
    await doctor.page.getByRole('button', { name: 'Open the room' }).click();
    await phone.page.getByRole('button', { name: 'Join now' }).click();
    await bar(doctor.page).chat.click();
    await expectBackInPlace(phone);
  });

  afterAll(async () => {
    for (const person of [phone, laptop, doctor]) await person.leave();
  });

  /** Both see and hear each other, once each, and read all that was written. Nobody had to wait. */
  async function expectBackInPlace({ page }: Person): Promise<void> {
    await bar(page).toolbar.waitFor();
    await expectToMeet(page, doctor.page);
    expect(await page.getByTestId('peer').count(), 'who the patient sees').toBe(1);
    expect(await doctor.page.getByTestId('peer').count(), 'who the doctor sees').toBe(1);
    await tile(doctor.page, PATIENT.name).waitFor();
    said.push(`Can you read this? (${String(said.length)})`);
    await writeInChat(doctor.page, said.at(-1) ?? '');
    await bar(page).chat.click();
    const log = page.getByRole('log');
    await log.getByText(said.at(-1) ?? '').waitFor();
    for (const words of said) expect(await log.getByText(words, { exact: true }).count(), words).toBe(1);
    await bar(page).chat.click();
    expect(await page.evaluate(() => 'hasWaited' in globalThis)).toBe(false);
  }

  /** The doctor writes while the patient is away, once it shows. */
  async function whileAway(
    leave: () => Promise<() => void>,
    untilItShows: () => Promise<void>,
  ): Promise<void> {
    const comeBack = await leave();
    try {
      await untilItShows();
      said.push(`Are you there? (${String(said.length)})`);
      await writeInChat(doctor.page, said.at(-1) ?? '');
    } finally {
      comeBack();
    }
  }

  step('after a reload', async () => {
    await phone.page.reload();
    await expectBackInPlace(phone);
  });

  step('after a crash of their page, and a press on what the browser then offers', async () => {
    phone = { ...phone, page: await crashAndReload(phone.page, debuggingPort) };
    await expectBackInPlace(phone);
  });

  step('after a phone has put their page to rest in the background', async () => {
    await whileAway(
      () => putToRest(phone.page),
      () => doctor.page.getByText('Their connection dropped.').waitFor({ timeout: 20_000 }),
    );
    await expectBackInPlace(phone);
  });

  step('on the laptop, which takes the visit from the phone without being let in again', async () => {
    await laptop.page.goto(visitPath);
    await laptop.page.getByRole('heading', { name: 'You are already in this visit' }).waitFor();
    await laptop.page.getByRole('button', { name: 'Continue here' }).click();
    await expectBackInPlace(laptop);
    await phone.page.getByRole('heading', { name: 'The visit goes on in another window' }).waitFor();
  });

  step('after the lid was closed for so long that they counted as gone', async () => {
    const goneWords = `${PATIENT.name} is not in the visit any more.`;
    await whileAway(
      () => closeLid(laptop.page),
      () => doctor.page.getByText(goneWords, { exact: false }).waitFor({ timeout: 60_000 }),
    );
    await expectBackInPlace(laptop);
  });

  step('and back on the phone', async () => {
    await phone.page.getByRole('button', { name: 'Use this window instead' }).click();
    await expectBackInPlace(phone);
    await laptop.page.getByRole('heading', { name: 'The visit goes on in another window' }).waitFor();
  });

  step('and finds all that was written in the record', async () => {
    await endForEveryone(doctor.page);
    await phone.page.waitForURL((url) => url.pathname === `${visitPath}/record`);
    for (const words of said) await phone.page.getByText(words, { exact: true }).waitFor();
  });

  step('on the laptop as well, which had been replaced and is told when it wants to go on', async () => {
    await laptop.page.getByRole('button', { name: 'Use this window instead' }).click();
    await laptop.page.waitForURL((url) => url.pathname === `${visitPath}/record`);
    await laptop.page.getByText(`Your visit with ${DOCTOR.name} is over`).waitFor();
  });
});

/** Runs in the page before anything else: notes whether it has ever shown the waiting room. */
function watchForWaiting(): void {
  new MutationObserver(() => {
    if (document.querySelector('h1')?.textContent === 'You are in the waiting room')
      Object.assign(globalThis, { hasWaited: true });
  }).observe(document, { childList: true, subtree: true });
}
