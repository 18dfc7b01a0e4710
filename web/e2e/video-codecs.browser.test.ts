import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { haveOnly, pretendCores, pretendSlowness, readSentStreams } from './stage/codecs.ts';
import { eventually } from './stage/eventually.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import {
  bar,
  countEmptyTiles,
  endForEveryone,
  expectToMeet,
  expectToSeeAndHear,
  readEmptyTiles,
  togglePanel,
} from './steps/in-visit.ts';
import { DOCTOR, PATIENT, signIn } from './steps/sign-in.ts';
import { enterAsPatient } from './steps/walk-in.ts';

const CORES = 8;

describe('pictures, in what both ends do well', () => {
  let phone: Person;
  let laptop: Person;
  let doctor: Person;
  let visitPath: string;

  const step = createJourney();
  photographOnFailure(() => ({ phone, laptop, doctor }));

  beforeAll(async () => {
    const patient = { recording: PATIENT_RECORDING };
    phone = await openPerson(patient);
    laptop = await openPerson({ ...patient, viewport: LAPTOP });
    doctor = await openPerson({ recording: DOCTOR_RECORDING, viewport: LAPTOP });
    await haveOnly(phone.context, 'video/H264');
    for (const { context } of [laptop, doctor]) await pretendCores(context, CORES);
    for (const { page } of [phone, laptop]) await signIn(page, PATIENT);
    await signIn(doctor.page, DOCTOR);
    visitPath = await enterAsPatient(laptop.page, DOCTOR.walkIn);
    await doctor.page.goto(visitPath);
    await doctor.page.getByRole('button', { name: 'Open the room' }).click();
    await laptop.page.getByRole('button', { name: 'Join now' }).click();
    await expectToMeet(laptop.page, doctor.page);
  });

  afterAll(async () => {
    for (const person of [phone, laptop, doctor]) await person.leave();
  });

  /** All that leaves the page is in this codec, in one stream or in one for each size. */
  async function expectSent({ page }: Person, codec: string, streams: number): Promise<void> {
    await eventually(
      `a picture in ${codec}`,
      () => readSentStreams(page),
      (sent) => sent.length === streams && sent.every((stream) => stream.codec === codec),
      30_000,
    );
  }

  step('are one stream of VP9 with all sizes between two computers that have cores to spare', async () => {
    for (const person of [laptop, doctor]) {
      await expectSent(person, 'video/VP9', 1);
      expect(await readSentStreams(person.page)).toMatchObject([{ scalabilityMode: 'L2T3_KEY', lines: 360 }]);
    }
    await expectToMeet(laptop.page, doctor.page);
  });

  step('lose their larger size to a person who saves data, and get it back', async () => {
    const linesShown = () =>
      doctor.page.evaluate(
        () => document.querySelector<HTMLVideoElement>('[data-testid="peer"] video')?.videoHeight,
      );
    await eventually('the whole picture', linesShown, (lines) => lines === 360);
    await togglePanel(laptop.page, 'Devices');
    const saver = laptop.page.getByRole('switch', { name: 'Use less data' });
    await saver.check();
    await eventually('the smallest picture', linesShown, (lines) => lines === 180);
    expect(await readSentStreams(laptop.page)).toMatchObject([{ scalabilityMode: 'L1T3', lines: 180 }]);
    await expectToSeeAndHear(laptop.page, DOCTOR_RECORDING);
    await saver.uncheck();
    await eventually('the whole picture again', linesShown, (lines) => lines === 360);
    await togglePanel(laptop.page, 'Devices', { isOpen: true });
  });

  step('are in H.264 for a phone that has nothing else', async () => {
    await phone.page.goto(visitPath);
    await phone.page.getByRole('button', { name: 'Continue here' }).click();
    await bar(phone.page).toolbar.waitFor();
    await expectToMeet(phone.page, doctor.page);
    await expectSent(doctor, 'video/H264', 2);
    await expectSent(phone, 'video/H264', 2);
  });

  step('change under the eyes of the person who watches, without a moment of an empty tile', async () => {
    await laptop.page.getByRole('button', { name: 'Use this window instead' }).click();
    await bar(laptop.page).toolbar.waitFor();
    await expectToMeet(laptop.page, doctor.page);
    await countEmptyTiles(laptop.page);
    await expectSent(doctor, 'video/VP9', 1);
    await expectToMeet(laptop.page, doctor.page);
    expect(await readEmptyTiles(laptop.page)).toBe(0);
    expect([...laptop.complaints, ...doctor.complaints]).toEqual([]);
  });

  step('go back to VP8 where VP9 is too much for a computer after all, and stay with it', async () => {
    await countEmptyTiles(laptop.page);
    await pretendSlowness(doctor.page, 'video/VP9');
    await expectSent(doctor, 'video/VP8', 2);
    await expectSent(laptop, 'video/VP9', 1);
    await expectToMeet(laptop.page, doctor.page);
    expect(await readEmptyTiles(laptop.page)).toBe(0);
    await doctor.page.reload();
    await bar(doctor.page).toolbar.waitFor();
    await expectToMeet(laptop.page, doctor.page);
    await expectSent(doctor, 'video/VP8', 2);
    await expectSent(laptop, 'video/VP9', 1);
    expect([...laptop.complaints, ...doctor.complaints]).toEqual([]);
  });

  step('leaves the doctor free for others', async () => {
    await endForEveryone(doctor.page);
  });
});
