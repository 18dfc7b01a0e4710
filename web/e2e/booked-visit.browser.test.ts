import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { eventually } from './stage/eventually.ts';
import { createJourney } from './stage/journey.ts';
import { readOpenConnections, readSentDevice } from './stage/peer-connections.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { bookNextSlot } from './steps/book.ts';
import {
  bar,
  countEmptyTiles,
  endForEveryone,
  expectNothingToArrive,
  expectToMeet,
  expectToSeeAndHear,
  readEmptyTiles,
  tile,
  togglePanel,
  writeInChat,
} from './steps/in-visit.ts';
import { DOCTOR, PATIENT, signIn } from './steps/sign-in.ts';
import { queueRow } from './steps/walk-in.ts';

describe('a booked visit, from the booking to its record', () => {
  let patient: Person;
  let doctor: Person;
  let visitPath: string;

  const step = createJourney();
  photographOnFailure(() => ({ patient, doctor }));

  beforeAll(async () => {
    patient = await openPerson({ recording: PATIENT_RECORDING });
    doctor = await openPerson({ recording: DOCTOR_RECORDING, viewport: LAPTOP });
    await signIn(patient.page, PATIENT);
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await patient.leave();
    await doctor.leave();
  });

  step('is booked for the next free time and opens with a preview that hears the patient', async () => {
    visitPath = await bookNextSlot(patient.page, DOCTOR.name);
    await patient.page.getByRole('heading', { name: `Visit with ${DOCTOR.name}` }).waitFor();
    const meter = patient.page.getByRole('meter');
    const level = async () => Number(await meter.getAttribute('aria-valuenow'));
    await eventually('the level meter', level, (value) => value > 20);
    await patient.page.locator('video').first().waitFor();
  });

  step('puts the patient into the waiting room, and into the queue of the doctor at once', async () => {
    const { page } = doctor;
    await page.getByText('Live', { exact: true }).waitFor();
    await patient.page.getByRole('button', { name: 'I’m ready' }).click();
    await patient.page.getByText(`You are next. ${DOCTOR.name} sees you in the list.`).waitFor();
    const row = queueRow(page, 'A cough that does not go away');
    await row.getByText('Here now').waitFor();
    expect(await row.getByRole('button', { name: 'Admit' }).isEnabled()).toBe(true);
    await eventually(
      'the title',
      () => page.title(),
      (title) => title.startsWith('(1) Today'),
    );
  });

  step('begins when the doctor admits with a key, and both see and hear each other', async () => {
    await doctor.page.keyboard.press('a');
    await doctor.page.waitForURL(visitPath);
    await bar(doctor.page).toolbar.waitFor();
    await bar(patient.page).toolbar.waitFor();
    await expectToMeet(patient.page, doctor.page);
  });

  step('measures every step of the join', async () => {
    const steps = ['click-join', 'welcome', 'transports-ready', 'join-ack', 'consumers-ready', 'first-frame'];
    const missing = await doctor.page.evaluate(
      (names) => names.filter((name) => performance.getEntriesByName(`visit:${name}`).length === 0),
      steps,
    );
    expect(missing).toEqual([]);
  });

  step('shows the other side that someone is muted, and plays nothing of them', async () => {
    await bar(patient.page).turn('Mic', 'off');
    await tile(doctor.page, PATIENT.name).getByText('Microphone is off').waitFor({ state: 'attached' });
    await expectNothingToArrive(doctor.page, 'audioEnergy');
    await bar(patient.page).turn('Mic', 'on');
    await tile(doctor.page, PATIENT.name).getByText('Microphone is off').waitFor({ state: 'detached' });
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('really stops a camera that is switched off, and brings the picture back', async () => {
    await bar(patient.page).turn('Camera', 'off');
    await tile(doctor.page, PATIENT.name).getByText('Camera is off').waitFor();
    expect(await patient.page.getByTestId('self-view').locator('video').count()).toBe(0);
    await bar(patient.page).turn('Camera', 'on');
    await tile(doctor.page, PATIENT.name).getByText('Camera is off').waitFor({ state: 'detached' });
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('goes on with another microphone, chosen while it was muted', async () => {
    const { page } = patient;
    await bar(page).turn('Mic', 'off');
    await togglePanel(page, 'Devices');
    const microphones = page.getByLabel('Microphone', { exact: true });
    await microphones.selectOption({ label: 'Fake Audio Input 2' });
    const chosen = await microphones.inputValue();
    await togglePanel(page, 'Devices', { isOpen: true });
    await expectNothingToArrive(doctor.page, 'audioEnergy');
    await bar(page).turn('Mic', 'on');
    await eventually(
      'the microphone that is sent',
      () => readSentDevice(page, 'audio'),
      (device) => device === chosen,
    );
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('carries words both ways and counts what has not been read', async () => {
    await doctor.page.keyboard.press('c');
    await writeInChat(doctor.page, 'Since when do you cough?');
    await bar(patient.page).chat.getByText('Unread messages: 1').waitFor({ state: 'attached' });
    await bar(patient.page).chat.click();
    await patient.page.getByText('Since when do you cough?').waitFor();
    await writeInChat(patient.page, 'For ten days.');
    await doctor.page.getByRole('log').getByText('For ten days.').waitFor();
    await patient.page.getByText('Sending…').waitFor({ state: 'detached' });
    await patient.page.getByLabel('Write a message').fill('And my');
    await togglePanel(patient.page, 'People');
    await bar(patient.page).chat.click();
    expect(await patient.page.getByLabel('Write a message').inputValue()).toBe('And my');
  });

  step('stops everything that is sent while the doctor holds it', async () => {
    await bar(doctor.page).press('Hold');
    await patient.page.getByText('has put the visit on hold').waitFor();
    for (const { page } of [patient, doctor]) {
      for (const name of ['Mic Paused', 'Camera Paused'])
        await bar(page).toolbar.getByRole('button', { name, exact: true }).waitFor();
      await page.getByRole('status').getByText('On hold', { exact: true }).waitFor();
      expect(await page.getByText('Your connection is good').count()).toBe(0);
      await expectUsable(page);
    }
    await expectNothingToArrive(patient.page, 'framesDecoded');
    await expectNothingToArrive(doctor.page, 'audioEnergy');
    await bar(doctor.page).press('Resume');
    await patient.page.getByText('has put the visit on hold').waitFor({ state: 'detached' });
    await bar(patient.page)
      .toolbar.getByRole('switch', { name: 'Mic', exact: true, checked: true })
      .waitFor();
    await expectToSeeAndHear(patient.page, DOCTOR_RECORDING);
  });

  step('survives a reload, and so does what was being written', async () => {
    await patient.page.reload();
    await bar(patient.page).toolbar.waitFor();
    await expectToMeet(patient.page, doctor.page);
    await bar(patient.page).chat.click();
    const words = patient.page.getByLabel('Write a message');
    expect(await words.inputValue(), 'what was being written').toBe('And my');
    await words.fill('');
    await bar(patient.page).chat.click();
  });

  step('keeps off across a reload what the patient has switched off', async () => {
    const { page } = patient;
    await bar(page).turn('Mic', 'off');
    await bar(page).turn('Camera', 'off');
    await tile(doctor.page, PATIENT.name).getByText('Camera is off').waitFor();
    await page.reload();
    await bar(page).turn('Mic', 'on');
    expect(await readSentDevice(page, 'video')).toBeNull();
    await tile(doctor.page, PATIENT.name).getByText('Camera is off').waitFor();
    await bar(page).turn('Camera', 'on');
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('survives the end of the signaling process', async () => {
    const pages = [patient.page, doctor.page];
    const connections = await Promise.all(pages.map(readOpenConnections));
    await Promise.all(pages.map(countEmptyTiles));
    const areReconnecting = pages.map((page) =>
      page.getByText('Your connection dropped. We are bringing you back. Stay here.').waitFor(),
    );
    process.kill(inject('signalingPid'), 'SIGKILL');
    await Promise.all(areReconnecting);
    for (const page of pages) {
      for (const notice of ['Your connection dropped', 'Their connection dropped'])
        await page.getByText(notice).waitFor({ state: 'detached', timeout: 20_000 });
    }
    expect(await Promise.all(pages.map(readOpenConnections)), 'media goes on').toEqual(connections);
    expect(await Promise.all(pages.map(readEmptyTiles))).toEqual([0, 0]);
    await expectToMeet(patient.page, doctor.page);
    await writeInChat(doctor.page, 'There you are again.');
    await bar(patient.page).chat.getByText('Unread messages: 1').waitFor({ state: 'attached' });
  });

  step('lets the patient leave after one question, and come back', async () => {
    await bar(patient.page).press('Leave');
    await patient.page.getByRole('button', { name: 'Yes, leave' }).click();
    await patient.page.getByRole('heading', { name: 'You have left' }).waitFor();
    await doctor.page.getByText(`${PATIENT.name} is not in the visit any more.`, { exact: false }).waitFor();
    await patient.page.getByRole('button', { name: 'Go back to the visit' }).click();
    const join = patient.page.getByRole('button', { name: 'Join again' });
    await join.waitFor();
    await expectNothingToArrive(patient.page, 'framesDecoded');
    await expectNothingToArrive(patient.page, 'audioEnergy');
    await join.click();
    await expectToMeet(patient.page, doctor.page);
  });

  step('ends for everyone and leaves its times and its words with both', async () => {
    await endForEveryone(doctor.page);
    for (const { page } of [doctor, patient]) {
      await page.waitForURL(`${visitPath}/record`);
      for (const label of ['Waiting since', 'Started', 'Ended', 'Lasted']) {
        await page.getByText(label, { exact: true }).waitFor();
      }
      await page.getByText('Since when do you cough?').waitFor();
      await page.getByText('For ten days.').waitFor();
      const quality = page.getByRole('region', { name: 'Sound and picture' });
      await quality.getByText(/^(Clear enough to examine|Good enough to talk|Too poor)$/).waitFor();
      if (page === patient.page) {
        expect(await quality.getByText('heard and saw').first().isVisible()).toBe(false);
        await quality.getByText('Show the details').click();
      }
      for (const { name } of [DOCTOR, PATIENT]) {
        await quality.getByText(`What ${name} heard and saw`, { exact: true }).waitFor();
      }
    }
    await patient.page.getByText(`Your visit with ${DOCTOR.name} is over`).waitFor();
  });

  step('complained about nothing on the way', async () => {
    const own = (complaint: string) => !/WebSocket connection|ERR_CONNECTION|status of 50\d/.test(complaint);
    expect(patient.complaints.filter(own)).toEqual([]);
    expect(doctor.complaints.filter(own)).toEqual([]);
  });
});
