import { chromium, type Browser } from 'playwright-core';
import { readToolchain } from '../../../scripts/lib/toolchain.mjs';
import { launchArguments } from '../join/browser.ts';
import type { Voice, Voices } from '../hearing/voices.ts';
import type { TestNetwork } from '../network/network.ts';

/** One for each end of the cable: the doctor's at the clinic, the patient's at home. */
export interface Browsers {
  readonly atTheClinic: Browser;
  readonly atHome: Browser;
  readonly voices: Voices;
  close(): Promise<void>;
}

/** Where a visit takes place, ours or the baseline's. */
export interface Stage {
  readonly network: TestNetwork;
  /** What the cameras see. */
  readonly film: string;
  /** What the microphones hear. */
  readonly voices: Voices;
}

interface BrowserOptions extends Stage {
  /** An origin on plain http that may use camera and microphone as if it were secure. */
  readonly trustedOrigin?: string;
}

export async function openBrowsers({
  network,
  film,
  voices,
  trustedOrigin,
}: BrowserOptions): Promise<Browsers> {
  const trusted = trustedOrigin ? [`--unsafely-treat-insecure-origin-as-secure=${trustedOrigin}`] : [];
  const argsOf = ({ file }: Voice): string[] => [...launchArguments(film, file), ...trusted];
  const path = readToolchain().CHROMIUM_PATH ?? '/usr/bin/chromium';
  const atTheClinic = await chromium.launch({ executablePath: path, args: argsOf(voices.doctor) });
  try {
    const atHome = await chromium.launch({
      executablePath: network.atHome(path),
      args: argsOf(voices.patient),
    });
    return {
      atTheClinic,
      atHome,
      voices,
      async close() {
        await atHome.close();
        await atTheClinic.close();
      },
    };
  } catch (error) {
    await atTheClinic.close();
    throw error;
  }
}
