import { QualityMeasures } from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { QualitySampler, type Reading } from './quality-sampler.ts';
import { aReport, receiveReport, sendReport } from './testing/stats-reports.ts';

type Changes = Readonly<Record<string, object>>;

/** What the page reads so many seconds after the media path was made. */
function at(seconds: number, changes: Changes = {}, more: Partial<Reading> = {}): Reading {
  return {
    reports: [sendReport(seconds, changes), receiveReport(seconds, changes)],
    at: 1_000_000 + seconds * 1_000,
    expected: { audio: true, video: true },
    isHidden: false,
    ...more,
  };
}

/** The one period between two readings. */
function between(from: Reading, to: Reading): QualityMeasures | null {
  const sampler = new QualitySampler();
  expect(sampler.take(from)).toBeNull();
  const measures = sampler.take(to);
  return measures && QualityMeasures.parse(measures);
}

describe('a period', () => {
  it('has the bitrate that the sending connection believes in, whatever the other one guesses', () => {
    const guess = aReport({
      id: 'other-pair',
      type: 'candidate-pair',
      nominated: true,
      currentRoundTripTime: 0.05,
      availableOutgoingBitrate: 9_000_000,
    });
    const reports = [guess, sendReport(15), guess];
    expect(between(at(10), at(15, {}, { reports }))).toMatchObject({
      roundTripTime: 50,
      availableOutgoingBitrate: 2_500_000,
    });
  });

  it('is what was added since the one before, per direction and kind', () => {
    expect(between(at(10), at(15))).toEqual({
      durationMs: 5_000,
      roundTripTime: 42,
      availableOutgoingBitrate: 2_500_000,
      outbound: {
        audio: { packets: 250, packetsLost: 0, bitrate: 32_000, jitter: 3, roundTripTime: 50 },
        video: {
          packets: 1_500,
          packetsLost: 0,
          bitrate: 1_200_000,
          jitter: null,
          roundTripTime: null,
          frameWidth: 1280,
          frameHeight: 720,
          framesPerSecond: 24,
        },
      },
      inbound: {
        audio: {
          packets: 250,
          packetsLost: 0,
          bitrate: 32_000,
          jitter: 4,
          jitterBufferDelay: 60,
          concealedShare: 0,
        },
        video: {
          packets: 550,
          packetsLost: 0,
          bitrate: 1_000_000,
          jitter: 10,
          frameWidth: 1280,
          frameHeight: 720,
          framesPerSecond: 30,
          freezeCount: 0,
          totalFreezesDuration: 0,
        },
      },
    });
  });

  it('counts what was made up without what only replaced silence, and freezes', () => {
    const spoiled = {
      'in-audio': { packetsLost: 32, concealedSamples: 960 + 24_000, silentConcealedSamples: 480 + 12_000 },
      'in-video': { freezeCount: 3, totalFreezesDuration: 1.65 },
    };
    const { inbound } = between(at(10), at(15, spoiled)) ?? {};
    expect(inbound?.audio).toMatchObject({ packetsLost: 25, concealedShare: 0.05 });
    expect(inbound?.video).toMatchObject({ freezeCount: 2, totalFreezesDuration: 1_250 });
  });

  it('does not go below nothing when what was late comes after all', () => {
    const late = { 'in-audio': { packetsLost: 2, concealedSamples: 0, silentConcealedSamples: 0 } };
    expect(between(at(10), at(15, late))?.inbound.audio).toMatchObject({ packetsLost: 0, concealedShare: 0 });
  });

  it('leaves out what nobody sends: no packets, and none expected', () => {
    const muted = { audio: false, video: false };
    const still = at(10, {}, { expected: muted });
    const later = { ...still, at: still.at + 5_000 };
    expect(between(still, later)).toBeNull();
    const heard = between(still, { ...at(15, { 'in-video': { packetsReceived: 1_100 } }), expected: muted });
    expect(heard?.inbound).toMatchObject({ audio: { packets: 250 }, video: null });
  });

  it('tells of nothing coming where something is sent', () => {
    const from = at(10);
    expect(between(from, { ...from, at: from.at + 5_000 })?.inbound).toMatchObject({
      audio: { packets: 0, bitrate: 0, concealedShare: null, jitterBufferDelay: null },
      video: { packets: 0, framesPerSecond: 0 },
    });
    const silence = between(from, { ...from, at: from.at + 5_000, reports: [] });
    expect(silence?.inbound.audio?.packets).toBe(0);
  });

  it('needs the others to have sent all the time for that', () => {
    const sampler = new QualitySampler();
    const from = at(10, {}, { expected: { audio: false, video: true } });
    sampler.take(from);
    sampler.take({ ...from, at: from.at + 2_500, expected: { audio: true, video: true } });
    const measures = sampler.take({ ...from, at: from.at + 5_000, expected: { audio: true, video: true } });
    expect(measures?.inbound).toMatchObject({ audio: null, video: { packets: 0 } });
  });

  it('says nothing of a stream that started over with a new media path', () => {
    const { outbound, inbound } =
      between(at(60), at(63, { 'in-video': { packetsReceived: 9_000 } }, { at: 1_065_000 })) ?? {};
    expect(outbound?.audio).not.toBeNull();
    expect(inbound?.video).not.toBeNull();
    expect(between(at(60), { ...at(3), at: 1_065_000 })).toBeNull();
    const renamed = aReport({ id: 'new', type: 'inbound-rtp', kind: 'audio', packetsReceived: 90 });
    expect(between(at(60), { ...at(65), reports: [sendReport(65), renamed] })?.inbound).toMatchObject({
      audio: null,
      video: { packets: 0 },
    });
  });

  it('looks at no picture while nobody looks at the page', () => {
    expect(between(at(10), at(15, {}, { isHidden: true }))?.inbound).toMatchObject({
      audio: { packets: 250 },
      video: null,
    });
  });

  it('of several pictures is about the largest', () => {
    const screen = { id: 'screen', type: 'inbound-rtp', kind: 'video', frameWidth: 1920, frameHeight: 1080 };
    const withScreen = (seconds: number) => ({
      ...at(seconds),
      reports: [
        sendReport(seconds),
        receiveReport(seconds),
        aReport({ ...screen, packetsReceived: 20 * seconds, framesDecoded: 5 * seconds }),
      ],
    });
    const { inbound } = between(withScreen(10), withScreen(15)) ?? {};
    expect(inbound?.video).toMatchObject({ frameWidth: 1920, framesPerSecond: 5, packets: 100 });
    expect(inbound?.audio?.packets).toBe(250);
  });

  it('is not told with absurd counters', () => {
    expect(between(at(10), at(15, { pair: { currentRoundTripTime: 4_000 } }))).toBeNull();
    expect(between(at(10), at(15, { pair: { currentRoundTripTime: NaN } }))?.roundTripTime).toBeNull();
  });
});

describe('a sampler', () => {
  it('makes a period of two readings, and begins the next with the last of them', () => {
    const sampler = new QualitySampler();
    const seconds = [0, 2.5, 5, 7.4, 9.9, 12.5, 15];
    const periods = seconds.map((moment) => sampler.take(at(moment))?.durationMs ?? null);
    expect(periods).toEqual([null, null, 5_000, null, 4_900, null, 5_100]);
  });

  it('tells nothing of the time in which the device slept', () => {
    const sampler = new QualitySampler();
    sampler.take(at(0));
    expect(sampler.take(at(600))).toBeNull();
    expect(sampler.take(at(605))?.durationMs).toBe(5_000);
  });

  it('compares nothing across a media path that could not be read', () => {
    const sampler = new QualitySampler();
    sampler.take(at(0));
    sampler.restart();
    expect(sampler.take(at(5))).toBeNull();
    expect(sampler.take(at(10))?.inbound.audio?.packets).toBe(250);
  });
});
