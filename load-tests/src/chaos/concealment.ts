import type { Page } from 'playwright-core';
import { CONNECTIONS } from '../pages/connection-watch.ts';

/** Samples of sound since a stream began, as WebRTC's statistics count them. */
export interface SoundSamples {
  readonly played: number;
  /** Made up, because what was sent was not there in time. */
  readonly concealed: number;
  /** Those of them that were silence or comfort noise. */
  readonly silent: number;
}

/** By stream, as a page may take up another one at any time. */
export type HeardSound = ReadonlyMap<string, SoundSamples>;

/** What a page has heard so far. */
export async function readSound(page: Page): Promise<HeardSound> {
  const streams = await page.evaluate(async (kept) => {
    const connections = (globalThis as unknown as Record<string, RTCPeerConnection[]>)[kept] ?? [];
    const found: [string, { played: number; concealed: number; silent: number }][] = [];
    for (const [index, connection] of connections.entries()) {
      const reports = (await connection.getStats()) as ReadonlyMap<string, RTCInboundRtpStreamStats>;
      for (const [id, report] of reports) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        const { totalSamplesReceived = 0, concealedSamples = 0, silentConcealedSamples = 0 } = report;
        found.push([
          `${index} ${id}`,
          { played: totalSamplesReceived, concealed: concealedSamples, silent: silentConcealedSamples },
        ]);
      }
    }
    return found;
  }, CONNECTIONS);
  return new Map(streams);
}

/**
 * How much of what was played between two readings was made up, 0 to 1; silence that was made up is no loss.
 * @returns null when nothing was played
 */
export function concealedShare(before: HeardSound, after: HeardSound): number | null {
  let played = 0;
  let madeUp = 0;
  for (const [stream, now] of after) {
    const earlier = before.get(stream) ?? { played: 0, concealed: 0, silent: 0 };
    played += now.played - earlier.played;
    madeUp += now.concealed - now.silent - (earlier.concealed - earlier.silent);
  }
  return played > 0 ? Math.max(0, madeUp) / played : null;
}
