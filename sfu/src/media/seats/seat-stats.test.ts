import type { types } from 'mediasoup';
import { expect, test } from 'vitest';
import { ServerMeasures } from '@careconnect/contracts';
import { measureSeat, type MeasuredSeat, type MeasuredTrack, type MeasuredView } from './seat-stats.ts';

const bare = { timestamp: 1, transportId: 't', type: 'webrtc-transport' };

function aTransport(stats: object): MeasuredSeat['send'] {
  return { getStats: async () => [{ ...bare, ...stats } as unknown as types.WebRtcTransportStat] };
}

function aTrack(kind: 'audio' | 'video', changes: object = {}, streams: object[] = []): MeasuredTrack {
  const score = [{ encodingIdx: 0, ssrc: 1, score: 9 }];
  const producer = { kind, score, getStats: async () => streams as types.ProducerStat[] };
  return { isPaused: false, standstill: { isStill: false }, producer: { ...producer, ...changes } };
}

function aView(kind: 'audio' | 'video', changes: object = {}, streams: object[] = []): MeasuredView {
  const score = { score: 7, producerScore: 3, producerScores: [3] };
  const getStats = async (): Promise<types.ConsumerStat[]> => streams as types.ConsumerStat[];
  return { track: { isPaused: false }, consumer: { kind, paused: false, score, getStats, ...changes } };
}

test('both directions are told apart, and what is paused has no mark', async () => {
  const measures = await measureSeat({
    send: aTransport({ rtpRecvBitrate: 812_345.6, rtpPacketLossReceived: 0.02 }),
    recv: aTransport({ rtpSendBitrate: 403_000 }),
    tracks: [
      { ...aTrack('audio', {}, [{ type: 'inbound-rtp', roundTripTime: 900 }]), isPaused: true },
      aTrack('video', { score: [{ score: 0 }, { score: 8 }] }, [
        { type: 'inbound-rtp', roundTripTime: 41.4 },
        { type: 'inbound-rtp' },
      ]),
    ],
    views: [
      aView('audio', {}, [
        { type: 'outbound-rtp', roundTripTime: 60.2 },
        { type: 'inbound-rtp', roundTripTime: 500 },
      ]),
      aView('audio', { score: { score: 4, producerScore: 10, producerScores: [] } }),
      { ...aView('video'), track: { isPaused: true } },
    ],
  });
  expect(ServerMeasures.parse(measures)).toEqual({
    outbound: { roundTripTime: 41, packetLoss: 0.02, bitrate: 812_346, audioScore: null, videoScore: 8 },
    inbound: { roundTripTime: 60, packetLoss: null, bitrate: 403_000, audioScore: 4, videoScore: null },
  });
});

test('a picture of which nothing comes has the worst mark, whatever it had before', async () => {
  const still = { ...aTrack('video'), standstill: { isStill: true } };
  const measures = await measureSeat({
    send: aTransport({}),
    recv: aTransport({}),
    tracks: [aTrack('audio'), still],
    views: [],
  });
  expect(measures.outbound).toMatchObject({ audioScore: 9, videoScore: 0 });
});

test('before anything has flowed it is all unknown, and absurd values are held to what can be told', async () => {
  const nothing = { send: aTransport({}), recv: aTransport({}), tracks: [], views: [] };
  const unknown = { roundTripTime: null, packetLoss: null, bitrate: 0, audioScore: null, videoScore: null };
  expect(await measureSeat(nothing)).toEqual({ outbound: unknown, inbound: unknown });
  const absurd = await measureSeat({
    ...nothing,
    recv: aTransport({ rtpPacketLossSent: 1.4 }),
    views: [aView('audio', {}, [{ type: 'outbound-rtp', roundTripTime: 4e9 }])],
  });
  expect(ServerMeasures.parse(absurd).inbound).toMatchObject({ roundTripTime: 60_000, packetLoss: 1 });
});
