import { describe, expect, it } from 'vitest';
import { DOCTOR_RECORDING } from './media/recordings.ts';
import { holdCamera, setMediaPermission } from './steps/broken-devices.ts';
import { createCast } from './steps/cast.ts';
import { endForEveryone, expectToSeeAndHear, tile } from './steps/in-visit.ts';
import { ANOTHER_DOCTOR, DOCTOR } from './steps/sign-in.ts';
import { admit, enterAsGuest } from './steps/walk-in.ts';

describe('camera and microphone that are not to be had have their own words and a way on', () => {
  const { open, openGuest, openDoctor } = createCast();

  it('a camera and microphone that were refused, and are allowed a moment later', async () => {
    const { page } = await open('Blocked', { allowsMedia: false });
    await setMediaPermission(page, 'denied');
    await page.goto(DOCTOR.walkIn);
    await enterAsGuest(page, 'Blocked Guest');
    const card = page.getByText('Your camera and microphone are blocked');
    await card.waitFor();
    expect(await page.getByRole('button', { name: 'I’m ready' }).isEnabled()).toBe(true);
    await setMediaPermission(page, 'granted');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'How others see you' }).locator('video').waitFor();
  });

  it('a computer without camera and microphone, which may visit all the same', async () => {
    const [guest] = await openGuest('Zainab Guest', { walkIn: DOCTOR.walkIn, recording: null });
    await guest.page.getByText('We found no camera and no microphone').waitFor();
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    await guest.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    const doctor = await openDoctor();
    await admit(doctor.page, 'Zainab Guest');
    await expectToSeeAndHear(guest.page, DOCTOR_RECORDING);
    await tile(doctor.page, 'Zainab Guest').getByText('Camera is off').waitFor();
    await endForEveryone(doctor.page);
  });

  it('a camera that another program holds, until it lets go', async () => {
    const { page } = await open('Danish');
    const letGo = await holdCamera(page);
    await page.goto(DOCTOR.walkIn);
    await enterAsGuest(page, 'Danish Guest');
    const card = page.getByText('Another program uses your camera', { exact: true }).first();
    await card.waitFor();
    await letGo();
    await card.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'How others see you' }).locator('video').waitFor();
  });

  it('a browser without WebRTC, which can still write', async () => {
    const { page } = await open('Old');
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
    await page.goto(ANOTHER_DOCTOR.walkIn);
    await enterAsGuest(page, 'Old Browser');
    await page.getByRole('heading', { name: 'This browser cannot do video visits' }).waitFor();
    await page.getByRole('button', { name: 'Go on with writing only' }).click();
    await page.getByRole('button', { name: 'I’m ready' }).click();
    await page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
  });
});
