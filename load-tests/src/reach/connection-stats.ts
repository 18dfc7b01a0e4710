import type { Page } from 'playwright-core';
import { CONNECTIONS } from '../pages/connection-watch.ts';
import type { NetworkPath, Reading } from './network-path.ts';

/** Not in TypeScript's list of the DOM yet. https://www.w3.org/TR/webrtc-stats/#icecandidate-dict* */
interface CandidateStats extends RTCStats {
  readonly candidateType: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly protocol: 'udp' | 'tcp';
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
}

export async function readConnections(page: Page): Promise<Reading> {
  const stats = await page.evaluate(async (kept) => {
    const connections = (globalThis as unknown as Record<string, RTCPeerConnection[]>)[kept] ?? [];
    const open = connections.filter(({ signalingState }) => signalingState !== 'closed');
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    return reports.map((report) => [...report.values()] as RTCStats[]);
  }, CONNECTIONS);
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
