import type { BrowserContext, Page } from 'playwright-core';
import type { NetworkPath, Reading } from './network-path.ts';

interface WatchedWindow {
  reachConnections: Set<RTCPeerConnection>;
}

/** Keeps hold of every connection that pages of this profile make from now on. */
export function watchConnections(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const open = new Set<RTCPeerConnection>();
    (globalThis as unknown as WatchedWindow).reachConnections = open;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        open.add(this);
      }

      override close(): void {
        open.delete(this);
        super.close();
      }
    };
  });
}

/** Not in TypeScript's list of the DOM yet. https://www.w3.org/TR/webrtc-stats/#icecandidate-dict* */
interface CandidateStats extends RTCStats {
  readonly candidateType: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly protocol: 'udp' | 'tcp';
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
}

export async function readConnections(page: Page): Promise<Reading> {
  const stats = await page.evaluate(async () => {
    const connections = [...(globalThis as unknown as WatchedWindow).reachConnections];
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    return reports.map((report) => [...report.values()] as RTCStats[]);
  });
  const tracks = stats.flat().filter(({ type }) => type === 'inbound-rtp') as RTCInboundRtpStreamStats[];
  const sumOf = (read: (track: RTCInboundRtpStreamStats) => number | undefined): number =>
    tracks.reduce((sum, track) => sum + (read(track) ?? 0), 0);
  return {
    paths: stats.flatMap((report) => pathOf(report) ?? []),
    arrived: {
      framesDecoded: sumOf(({ framesDecoded }) => framesDecoded),
      audioPackets: sumOf(({ kind, packetsReceived }) => (kind === 'audio' ? packetsReceived : 0)),
      audioEnergy: sumOf(({ totalAudioEnergy }) => totalAudioEnergy),
    },
  };
}

/** Null for a connection that has found none yet. */
function pathOf(report: readonly RTCStats[]): NetworkPath | null {
  const byId = new Map(report.map((stat) => [stat.id, stat]));
  const transport = report.find(({ type }) => type === 'transport') as RTCTransportStats | undefined;
  const pair = byId.get(transport?.selectedCandidatePairId ?? '') as RTCIceCandidatePairStats | undefined;
  const own = byId.get(pair?.localCandidateId ?? '') as CandidateStats | undefined;
  if (!own) return null;
  const isRelayed = own.candidateType === 'relay';
  return { isRelayed, protocol: isRelayed ? (own.relayProtocol ?? own.protocol) : own.protocol };
}
