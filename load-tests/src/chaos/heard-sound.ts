import type { Page } from 'playwright-core';
import { CONNECTIONS } from '../pages/connection-watch.ts';

/** Samples of sound since a stream began, as WebRTC's statistics count them. */
export interface SoundSamples {
  readonly played: number;
  /** Made up, because what was sent was not there in time. */
  readonly concealed: number;
  /** Those of them that were silence or comfort noise. */
  readonly silent: number;
  /** How long those that came have waited to be played, in seconds, all together. */
  readonly waited: number;
  /** How many came and were played. */
  readonly emitted: number;
}

const NOTHING: SoundSamples = { played: 0, concealed: 0, silent: 0, waited: 0, emitted: 0 };

/** By stream, as a page may take up another one at any time. */
export type HeardSound = ReadonlyMap<string, SoundSamples>;

/** What a page has heard so far. */
export async function readSound(page: Page): Promise<HeardSound> {
  const streams = await page.evaluate(async (kept) => {
    const connections = (globalThis as unknown as Record<string, RTCPeerConnection[]>)[kept] ?? [];
    const found: [string, SoundSamples][] = [];
    for (const [index, connection] of connections.entries()) {
      const reports = (await connection.getStats()) as ReadonlyMap<string, RTCInboundRtpStreamStats>;
      for (const [id, report] of reports) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        found.push([
          `${index} ${id}`,
          {
            played: report.totalSamplesReceived ?? 0,
            concealed: report.concealedSamples ?? 0,
            silent: report.silentConcealedSamples ?? 0,
            waited: report.jitterBufferDelay ?? 0,
            emitted: report.jitterBufferEmittedCount ?? 0,
          },
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
  for (const [earlier, now] of pairs(before, after)) {
    played += now.played - earlier.played;
    madeUp += now.concealed - now.silent - (earlier.concealed - earlier.silent);
  }
  return played > 0 ? Math.max(0, madeUp) / played : null;
}

/**
 * How long what came between two readings waited in the browser before it was played, in ms, of the stream that waited longest.
 * @returns null when nothing came
 */
export function waitOf(before: HeardSound, after: HeardSound): number | null {
  const waits = pairs(before, after)
    .filter(([earlier, now]) => now.emitted > earlier.emitted)
    .map(([earlier, now]) => (1_000 * (now.waited - earlier.waited)) / (now.emitted - earlier.emitted));
  return waits.length > 0 ? Math.max(...waits) : null;
}

/** Each stream as it was, and as it is. */
function pairs(before: HeardSound, after: HeardSound): (readonly [SoundSamples, SoundSamples])[] {
  return [...after].map(([stream, now]) => [before.get(stream) ?? NOTHING, now]);
}
