import { PICTURE_SAVED, SOUND_SAVED } from '../encoding/sending-limits.ts';
import { statsOf, sumOf } from './stats.ts';

/** Of RTP, UDP and IP, at 50 packets of sound a second, in bit/s. */
const SOUND_HEADERS = 27_000;
const SECONDS = 60;
const MEGABYTE = 1_000_000;

/** The most that saving data leaves of one person sent and one received, in MB a minute. */
export const SAVED_PER_MINUTE = perMinute(((PICTURE_SAVED.maxBitrate + SOUND_SAVED + SOUND_HEADERS) * 2) / 8);

/** How much sound and picture this page sends and receives, as the browser counts it. */
export class DataUse {
  /** In MB a minute, of the time between the last two readings; null until there were two. */
  perMinute = $state<number | null>(null);
  #before: { readonly bytes: number; readonly at: number } | null = null;

  /** @param at - on a clock that only goes forward, in ms */
  take(reports: readonly RTCStatsReport[] | null, at: number): void {
    const now = reports && { bytes: countBytes(reports), at };
    const before = this.#before;
    this.#before = now;
    // Counters start over with a new media path.
    if (!now || !before || now.bytes < before.bytes || now.at <= before.at) return;
    this.perMinute = perMinute(((now.bytes - before.bytes) * 1_000) / (now.at - before.at));
  }
}

function countBytes(reports: readonly RTCStatsReport[]): number {
  const received = statsOf(reports, 'inbound-rtp');
  const sent = statsOf(reports, 'outbound-rtp');
  return (
    sumOf(received, ({ bytesReceived = 0, headerBytesReceived = 0 }) => bytesReceived + headerBytesReceived) +
    sumOf(sent, ({ bytesSent = 0, headerBytesSent = 0 }) => bytesSent + headerBytesSent)
  );
}

function perMinute(bytesPerSecond: number): number {
  return Math.round((bytesPerSecond * SECONDS * 10) / MEGABYTE) / 10;
}
