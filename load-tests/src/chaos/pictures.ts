import type { BrowserContext, Page } from 'playwright-core';
import { CONNECTIONS } from '../pages/connection-watch.ts';

/** What pictures there are in a visit. */
export interface Pictures {
  /** They are sent in one stream of VP9 with all sizes, and else in a stream of VP8 for each. */
  readonly isVp9: boolean;
  /** The patient sends a picture, and else only watches. */
  readonly isPatientSeen: boolean;
}

/** More than those on which a page goes without VP9. */
const CORES = 8;
/** A page changes to VP9 once the other has stayed for a while. */
const VP9_TIMEOUT_MS = 30_000;

/** What is to be loaded from now on believes in a computer that has cores to spare. */
export async function pretendCores(context: BrowserContext): Promise<void> {
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
  }, CORES);
}

/** Every picture that leaves the page is in VP9. */
export async function untilSendingVp9(page: Page): Promise<void> {
  await page.waitForFunction(
    async (kept) => {
      const connections = (globalThis as unknown as Record<string, RTCPeerConnection[]>)[kept] ?? [];
      const codecs: (string | undefined)[] = [];
      for (const connection of connections) {
        const report = (await connection.getStats()) as ReadonlyMap<string, RTCOutboundRtpStreamStats>;
        for (const { type, kind, codecId = '', framesPerSecond = 0 } of report.values()) {
          if (type !== 'outbound-rtp' || kind !== 'video' || framesPerSecond === 0) continue;
          codecs.push((report.get(codecId) as { readonly mimeType?: string } | undefined)?.mimeType);
        }
      }
      return codecs.length > 0 && codecs.every((codec) => codec === 'video/VP9');
    },
    CONNECTIONS,
    { timeout: VP9_TIMEOUT_MS, polling: 500 },
  );
}
