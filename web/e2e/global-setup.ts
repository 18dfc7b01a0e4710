import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../scripts/stack/free-port.ts';
import { startStack } from '../../scripts/stack/stack.ts';
import { DOCTOR_RECORDING, PATIENT_RECORDING, writeRecording } from './media/recordings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running CareConnect. */
    origin: string;
    /** Folder with the films and voices, and for what a test wants to leave behind. */
    stageFolder: string;
    /** Where every mail of the running CareConnect arrives as a file. */
    mailFolder: string;
    /** Text messages, as files. */
    smsFolder: string;
    /** Addresses of all processes, for what they tell operators. */
    processUrls: string[];
    /** Where the CareConnect may ask for an identity provider on this machine. */
    providerPort: number;
    /** For what an operator does on the server. */
    databaseUrl: string;
    /** For the one journey that loses it; it comes back by itself. */
    signalingPid: number;
  }
}

/** Everything real, once for all journeys: database, services, built pages, media worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(new URL('../build/handler.js', import.meta.url))) {
    throw new Error('The pages are not built yet. Run `npm test`, which builds them first.');
  }
  const stageFolder = await mkdtemp(join(tmpdir(), 'careconnect-browser-'));
  const mailFolder = join(stageFolder, 'mail');
  const smsFolder = join(stageFolder, 'sms');
  const providerPort = await freePort();
  const stack = await startStack({
    dataDir: join(stageFolder, 'data'),
    // The people of all journeys come from one address within a few minutes.
    env: {
      MAIL_DIR: mailFolder,
      SMS_DIR: smsFolder,
      SMS_COUNTRIES: 'PK',
      RATE_LIMIT_FACTOR: '5',
      // There are other organizations: one journey makes some.
      OPERATOR_ORGANIZATION: 'rahma-clinic',
      OUTBOUND_ALLOWED: `127.0.0.1:${providerPort}`,
    },
    seed: 'demo',
    quiet: true,
    durability: 'none',
    logLevel: 'info',
  });
  await writeRecording(stageFolder, PATIENT_RECORDING);
  await writeRecording(stageFolder, DOCTOR_RECORDING);
  project.provide('origin', stack.origin);
  project.provide('stageFolder', stageFolder);
  project.provide('mailFolder', mailFolder);
  project.provide('smsFolder', smsFolder);
  project.provide('processUrls', Object.values(stack.urls));
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('providerPort', providerPort);
  project.provide('signalingPid', stack.pid('signaling') ?? 0);
  return async () => {
    await stack.stop();
    if (process.env['KEEP_BROWSER_STAGE'] !== '1') await rm(stageFolder, { recursive: true, force: true });
  };
}
