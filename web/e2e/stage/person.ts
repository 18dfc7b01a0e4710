import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Recording } from '../media/recordings.ts';
import { watchPeerConnections } from './peer-connections.ts';
import { watchPolicyViolations } from './policy-violations.ts';

export interface PersonOptions {
  /** What their camera and microphone deliver; null for a computer that has neither. */
  readonly recording: Recording | null;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What their device's clock is set to; the clinic's unless told. */
  readonly timeZone?: string;
  /** The language that their browser asks for; English unless told. */
  readonly locale?: string;
  /** Whether the browser lets the page use camera and microphone without asking. */
  readonly allowsMedia?: boolean;
  /** Where the browser can be taken up again after a crash of its page. */
  readonly debuggingPort?: number;
}

/** Someone at their own browser. A process of its own, because fake devices belong to the process. */
export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the pages complained about. */
  readonly complaints: readonly string[];
  /** What the policy of a page has refused to it. */
  readonly refused: readonly string[];
  leave(): Promise<void>;
}

const PHONE = { width: 390, height: 844 };
export const SMALL_PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1280, height: 800 };

const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openPerson(options: PersonOptions): Promise<Person> {
  const browser = await launch(options);
  const context = await browser.newContext({
    baseURL: inject('origin'),
    viewport: options.viewport ?? PHONE,
    locale: options.locale ?? 'en-GB',
    timezoneId: options.timeZone ?? 'Asia/Karachi',
  });
  if (options.allowsMedia ?? true) await context.grantPermissions(['camera', 'microphone']);
  await context.addInitScript(watchPeerConnections);
  const refused = await watchPolicyViolations(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.setDefaultTimeout(15_000);
  return { page, context, complaints, refused, leave: () => browser.close() };
}

function launch({ recording, allowsMedia = true, debuggingPort }: PersonOptions): Promise<Browser> {
  const stageFolder = inject('stageFolder');
  const devices =
    recording === null
      ? []
      : [
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${join(stageFolder, `${recording.name}.y4m`)}`,
          `--use-file-for-fake-audio-capture=${join(stageFolder, `${recording.name}.wav`)}`,
        ];
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      ...FLAGS,
      ...devices,
      ...(debuggingPort === undefined ? [] : [`--remote-debugging-port=${String(debuggingPort)}`]),
      ...(allowsMedia ? ['--use-fake-ui-for-media-stream'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
