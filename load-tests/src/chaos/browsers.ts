import { chromium, type Browser } from 'playwright-core';
import { readToolchain } from '../../../scripts/lib/toolchain.mjs';
import { launchArguments } from '../join/browser.ts';
import type { TestNetwork } from '../network/network.ts';

/** One for each end of the cable. */
export interface Browsers {
  readonly atTheClinic: Browser;
  readonly atHome: Browser;
  close(): Promise<void>;
}

/** Where a visit takes place, ours or the baseline's. */
export interface Stage {
  readonly network: TestNetwork;
  /** What the cameras see. */
  readonly film: string;
}

interface BrowserOptions extends Stage {
  /** An origin on plain http that may use camera and microphone as if it were secure. */
  readonly trustedOrigin?: string;
}

export async function openBrowsers({ network, film, trustedOrigin }: BrowserOptions): Promise<Browsers> {
  const args = launchArguments(film);
  if (trustedOrigin) args.push(`--unsafely-treat-insecure-origin-as-secure=${trustedOrigin}`);
  const path = readToolchain().CHROMIUM_PATH ?? '/usr/bin/chromium';
  const atTheClinic = await chromium.launch({ executablePath: path, args });
  try {
    const atHome = await chromium.launch({ executablePath: network.atHome(path), args });
    return {
      atTheClinic,
      atHome,
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
