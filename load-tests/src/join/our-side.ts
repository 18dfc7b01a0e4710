import { setTimeout as sleep } from 'node:timers/promises';
import type { VisitId } from '@careconnect/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_DOCTOR, DEMO_PATIENT } from '../core/demo-clinic.ts';
import { signInProfile, type Credentials } from '../pages/sign-in.ts';
import { millisecondsFromClick, openProfile } from './browser.ts';
import { SETTLE_MS, type Join, type JoinSide } from './join-side.ts';

const READY_TIMEOUT_MS = 20_000;
/** Marks of the page, the last one last. */
const MARKS = ['visit:join-ack', 'visit:consumers-ready', 'visit:first-frame'];

/** The real pages: the doctor is in the visit, the patient comes through the lobby each time. */
export async function openOurSide(
  browser: Browser,
  origin: string,
  visitId: VisitId,
): Promise<JoinSide & { close(): Promise<void> }> {
  const doctor = await signedIn(browser, origin, DEMO_DOCTOR);
  const host = await openLobby(doctor, visitId);
  await joinButton(host).click();
  await host.getByRole('button', { name: /^leave$/i }).waitFor();
  const patient = await signedIn(browser, origin, DEMO_PATIENT);
  return {
    name: 'ours',
    async joinOnce() {
      const page = await openLobby(patient, visitId);
      try {
        await sleep(SETTLE_MS);
        await joinButton(page).click();
        const join = toJoin(await millisecondsFromClick(page, MARKS));
        await leave(page);
        return join;
      } finally {
        await page.close();
      }
    },
    async close() {
      await patient.close();
      await doctor.close();
    },
  };
}

function toJoin([answered = NaN, negotiated = NaN, firstFrame = NaN]: readonly number[]): Join {
  return { firstFrame, steps: { answered, negotiated } };
}

async function signedIn(browser: Browser, origin: string, person: Credentials): Promise<BrowserContext> {
  const profile = await openProfile(browser, origin);
  await signInProfile(profile, person);
  return profile;
}

/** Waits until the lobby has done what it does in advance: devices open, both transports connected. */
async function openLobby(profile: BrowserContext, visitId: VisitId): Promise<Page> {
  const page = await profile.newPage();
  await page.goto(`/visit/${visitId}`);
  await joinButton(page).and(page.locator(':enabled')).waitFor({ timeout: READY_TIMEOUT_MS });
  await page.waitForFunction(
    () => performance.getEntriesByName('visit:transports-ready').length > 0,
    undefined,
    { polling: 50, timeout: READY_TIMEOUT_MS },
  );
  return page;
}

function joinButton(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('button', { name: /join/i });
}

/** Properly, so that the next page is not taken for a reload of this one. */
async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^leave$/i }).click();
  await page.getByRole('button', { name: /^yes, leave$/i }).click();
  await page.getByRole('heading', { name: /you have left/i }).waitFor();
}
