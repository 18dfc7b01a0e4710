import type { VisitId } from '@careconnect/contracts';
import type { Page } from 'playwright-core';
import type { SfuName } from '../../../scripts/stack/environments.ts';
import type { Stack } from '../../../scripts/stack/stack.ts';
import { DEMO_DOCTOR, DEMO_PATIENT } from '../core/demo-clinic.ts';
import { startVisit } from '../join/running-visit.ts';
import { signInProfile, type Credentials } from '../pages/sign-in.ts';
import type { Browsers } from './browsers.ts';
import { busiestChildOf } from './child-process.ts';
import type { Target } from './faults.ts';
import { openLivePage, type LivePage } from './live-page.ts';
import { pretendCores, untilSendingVp9, type Pictures } from './pictures.ts';

const READY_TIMEOUT_MS = 30_000;

/** A doctor and a patient in one visit, each with the chat open. */
export interface OurPair extends Target {
  readonly visitId: VisitId;
  readonly doctor: LivePage;
  readonly patient: LivePage;
}

export async function openOurPair(
  stack: Stack,
  { atTheClinic, atHome, voices }: Browsers,
  { isVp9, isPatientSeen }: Pictures,
): Promise<OurPair> {
  const visitId = await startVisit(stack.urls.api);
  const doctor = await openLivePage(atTheClinic, stack.origin, voices.patient);
  const patient = await openLivePage(atHome, stack.origin, voices.doctor);
  if (isVp9) for (const { context } of [doctor, patient]) await pretendCores(context);
  await enter(doctor, DEMO_DOCTOR, visitId);
  await enter(patient, DEMO_PATIENT, visitId);
  if (!isPatientSeen) await turnCameraOff(patient);
  for (const { page } of [doctor, patient]) await openChat(page);
  const senders = isPatientSeen ? [doctor, patient] : [doctor];
  if (isVp9) await Promise.all(senders.map(({ page }) => untilSendingVp9(page)));
  return {
    visitId,
    doctor,
    patient,
    viewers: isPatientSeen ? [doctor, patient] : [patient],
    async kill(part) {
      const worker = part === 'worker' ? await busiestChildOf(stack.pid('sfu') ?? 0) : null;
      const name = part === 'sfu' ? await sfuOfVisit(stack) : part;
      const at = Date.now();
      if (worker !== null) process.kill(worker, 'SIGKILL');
      else if (name !== 'worker') stack.kill(name);
      return at;
    },
    async replaceSfu(begun) {
      const name = await sfuOfVisit(stack);
      const replaced = untilRestarted(stack, name);
      const at = Date.now();
      stack.kill(name, 'SIGTERM');
      begun();
      await replaced;
      return at;
    },
    async reload() {
      await patient.page.reload({ waitUntil: 'commit' });
      await openChat(patient.page);
    },
  };
}

/** The media server that the only visit is on. */
async function sfuOfVisit({ sfuUrls }: Stack): Promise<SfuName> {
  for (const [name, url] of sfuUrls) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    if (/^careconnect_sfu_rooms\{.*\} [1-9]/m.test(metrics)) return name;
  }
  throw new Error('The visit is on no media server.');
}

function untilRestarted(stack: Stack, wanted: SfuName): Promise<void> {
  return new Promise((resolve) => {
    stack.on('restarted', function look({ name }) {
      if (name !== wanted) return;
      stack.off('restarted', look);
      resolve();
    });
  });
}

async function openChat(page: Page): Promise<void> {
  const box = messageBox(page);
  if (await box.isVisible()) return;
  await controlsOf(page).getByRole('button', { name: /^Chat/ }).click();
  await box.waitFor();
}

/**
 * Presses send; the page sees to it that the message arrives.
 * @returns when it was on the other's page, in ms since 1970, or null when it did not get there
 */
export async function write(
  text: string,
  from: LivePage,
  to: LivePage,
  timeoutMs: number,
): Promise<number | null> {
  try {
    await messageBox(from.page).fill(text);
    await from.page.getByRole('button', { name: 'Send' }).click();
    await to.page.getByText(text, { exact: true }).first().waitFor({ timeout: timeoutMs });
    return Date.now();
  } catch {
    return null;
  }
}

function messageBox(page: Page): ReturnType<Page['getByLabel']> {
  return page.getByLabel('Write a message');
}

async function enter({ page, context }: LivePage, person: Credentials, visitId: VisitId): Promise<void> {
  await signInProfile(context, person);
  await page.goto(`/visit/${visitId}`);
  await page.getByRole('button', { name: /join/i }).click({ timeout: READY_TIMEOUT_MS });
  await page.getByRole('button', { name: /^leave$/i }).waitFor({ timeout: READY_TIMEOUT_MS });
}

async function turnCameraOff({ page }: LivePage): Promise<void> {
  await controlsOf(page).getByRole('switch', { name: 'Camera', exact: true, checked: true }).click();
}

function controlsOf(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('toolbar', { name: 'Controls of the visit' });
}
