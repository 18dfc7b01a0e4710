import type { BrowserContext, Page } from 'playwright-core';

/** What is to be loaded from now on believes in a computer with so many cores, as those are that have some to spare. */
export async function pretendCores(context: BrowserContext, cores: number): Promise<void> {
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
  }, cores);
}

/** From now on the page's connections say that they are short of processor time for all that is sent in this codec. */
export async function pretendSlowness(page: Page, mimeType: string): Promise<void> {
  await page.evaluate((slow) => {
    const since = performance.now();
    for (const connection of (globalThis as unknown as WatchedWindow).watchedConnections.keys()) {
      const read = connection.getStats.bind(connection);
      connection.getStats = async (...selector) => {
        const report = await read(...selector);
        const cpu = (performance.now() - since) / 1_000;
        return new Map(
          [...report].map(([id, stat]: [string, OutboundStat]) => {
            const codec = report.get(stat.codecId ?? '') as { mimeType?: string } | undefined;
            const isSlow = stat.type === 'outbound-rtp' && codec?.mimeType === slow;
            return [id, isSlow ? { ...stat, qualityLimitationDurations: { cpu } } : stat];
          }),
        );
      };
    }
  }, mimeType);
}

/** What is to be loaded from now on is in a browser that has no other video codec, neither to send nor to show. */
export async function haveOnly(context: BrowserContext, mimeType: string): Promise<void> {
  await context.addInitScript((only) => {
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      override addTransceiver(trackOrKind: MediaStreamTrack | string, init?: RTCRtpTransceiverInit) {
        const transceiver = super.addTransceiver(trackOrKind, init);
        const kind = typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind;
        const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
        const had = codecs.filter(({ mimeType }) => mimeType === only || mimeType === 'video/rtx');
        if (kind === 'video') transceiver.setCodecPreferences(had);
        return transceiver;
      }
    };
  }, mimeType);
}

/** A stream of the own picture, as the browser sends it. */
export interface SentStream {
  readonly codec: string | undefined;
  readonly scalabilityMode: string | undefined;
  readonly lines: number | undefined;
}

interface WatchedWindow {
  watchedConnections: Map<RTCPeerConnection, number>;
}

interface OutboundStat extends RTCStats {
  readonly kind?: string;
  readonly active?: boolean;
  readonly codecId?: string;
  readonly framesPerSecond?: number;
  readonly frameHeight?: number;
  readonly scalabilityMode?: string;
}

/** The streams that leave this page now: of a picture in several sizes, one for each, or one with all. */
export function readSentStreams(page: Page): Promise<SentStream[]> {
  return page.evaluate(async () => {
    const sent: SentStream[] = [];
    for (const connection of (globalThis as unknown as WatchedWindow).watchedConnections.keys()) {
      const report = await connection.getStats();
      report.forEach((stat: OutboundStat) => {
        const { type, kind, active, codecId = '', framesPerSecond = 0 } = stat;
        if (type !== 'outbound-rtp' || kind !== 'video' || !active || framesPerSecond === 0) return;
        const codec = (report.get(codecId) as { mimeType?: string } | undefined)?.mimeType;
        sent.push({ codec, scalabilityMode: stat.scalabilityMode, lines: stat.frameHeight });
      });
    }
    return sent;
  });
}
