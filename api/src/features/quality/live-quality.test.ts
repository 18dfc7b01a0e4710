import {
  LiveVisit,
  VisitAlert,
  type PatientId,
  type PractitionerId,
  type VisitId,
} from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERT_RULES } from '../../core/alert-rules.ts';
import type { WatchedSeat } from './live-person.ts';
import { gradeLive, type WatchedVisit } from './live-quality.ts';
import { isWanted, isWantedLive } from './quality-filter.ts';
import type { StoredSample } from './quality-sample.ts';
import { aSample, aTimeOf, DOCTOR_SEAT, PATIENT_SEAT } from './testing/a-sample.ts';

const START = Date.parse('2026-11-22T09:00:00.000Z');
const PRACTITIONER = '01970000-0000-7000-8000-00000000000b' as PractitionerId;
const BAD = { audio: { concealedShare: 0.4 } };

const BEGIN = new Date(START);
const HERE = {
  isPresent: true,
  joinedAt: BEGIN,
  connectedAt: BEGIN,
  leftAt: null,
  hasLeft: false,
  node: 'signaling',
};

/** @param doctor - how their seat differs from one of somebody who is here */
function aWatched(doctor: Partial<WatchedSeat> = {}): WatchedVisit {
  return {
    visitId: '01970000-0000-7000-8000-00000000000a' as VisitId,
    state: 'in_progress',
    patient: { id: '01970000-0000-7000-8000-00000000000c' as PatientId, name: 'Bilal Khan' },
    practitioner: { id: PRACTITIONER, name: 'Dr Ayesha' },
    startedAt: new Date(START).toISOString(),
    endedAt: null,
    seats: [
      { seatId: DOCTOR_SEAT, name: 'Dr Ayesha', seatRole: 'host', ...HERE, ...doctor },
      { seatId: PATIENT_SEAT, name: 'Bilal Khan', seatRole: 'patient', ...HERE },
    ],
  };
}

function liveAt(seconds: number, samples: readonly StoredSample[], doctor: Partial<WatchedSeat> = {}) {
  const now = new Date(START + 1_000 * seconds);
  const { visit, alerts } = gradeLive(aWatched(doctor), samples, { now, rules: DEFAULT_ALERT_RULES });
  return { visit: LiveVisit.parse(visit), alerts: alerts.map((alert) => VisitAlert.parse(alert)) };
}

function after(seconds: number): Date {
  return new Date(START + 1_000 * seconds);
}

/** Of the one who is first; they must be here. */
function hereOf({ participants: [first] }: LiveVisit) {
  if (first?.presence.where !== 'here') throw new Error('they are not here');
  return first.presence;
}

describe('a visit that goes on', () => {
  it('is graded from the last minute, and keeps a longer line', () => {
    const { visit, alerts } = liveAt(120, [...aTimeOf(12, BAD), ...aTimeOf(12, {}, 60)]);
    expect([visit.grade, visit.reasons, alerts]).toEqual(['exam-grade', [], []]);
    const { sound, lastSampleAt } = hereOf(visit);
    expect(sound).toHaveLength(24);
    expect(lastSampleAt).toBe(after(120).toISOString());
    expect(visit.participants[1]?.presence).toMatchObject({
      where: 'here',
      received: { grade: 'unknown' },
      lastSampleAt: null,
      sound: [],
    });
  });

  it('of which nothing is told any more is not known, and alerts nobody', () => {
    const { visit, alerts } = liveAt(75, aTimeOf(3, BAD));
    expect([visit.grade, alerts]).toEqual(['unknown', []]);
    expect(liveAt(50, aTimeOf(3, BAD)).visit.grade).toBe('inadequate');
    expect(liveAt(51, aTimeOf(3, BAD)).visit.grade).toBe('unknown');
  });

  it('alerts when somebody has not understood the others for half a minute without a break', () => {
    const good = aTimeOf(6);
    expect(liveAt(55, [...good, ...aTimeOf(5, BAD, 30)]).alerts).toEqual([]);
    const { visit, alerts } = liveAt(60, [...good, ...aTimeOf(6, BAD, 30)]);
    expect(alerts).toMatchObject([
      {
        kind: 'inadequate-sound',
        seatId: DOCTOR_SEAT,
        name: 'Dr Ayesha',
        patientName: 'Bilal Khan',
        since: after(30).toISOString(),
        problem: 'audio-concealed',
      },
    ]);
    expect([visit.grade, hereOf(visit).received.grade]).toEqual(['inadequate', 'inadequate']);
    const again = [...aTimeOf(6, BAD, 30), aSample({ seconds: 65 }), aSample({ ...BAD, seconds: 70 })];
    expect(liveAt(70, again).alerts).toEqual([]);
  });

  it('says which direction is in trouble, by what the server tells where the page does not know', () => {
    const audio = { packets: 250, packetsLost: 0, bitrate: 32_000, jitter: null, roundTripTime: null };
    const end = { roundTripTime: 40, packetLoss: 0, bitrate: 1, audioScore: 9, videoScore: 9 };
    const samples = aTimeOf(4).map((sample) => ({
      ...sample,
      measures: { ...sample.measures, outbound: { audio, video: null } },
      server: { inbound: end, outbound: { ...end, packetLoss: 0.4 } },
    }));
    const { received, sent } = hereOf(liveAt(20, samples).visit);
    expect(received.grade).toBe('exam-grade');
    expect(sent).toMatchObject({ grade: 'inadequate', reasons: [{ problem: 'audio-concealed' }] });
    const unheard = samples.map((sample) => ({ ...sample, server: null }));
    expect(hereOf(liveAt(20, unheard).visit).sent).toEqual({ grade: 'unknown', reasons: [] });
  });

  it('blames nobody for a camera that is off, though its padding still flows', () => {
    const stream = { packets: 40, packetsLost: 0, bitrate: 9_000, jitter: 3, roundTripTime: 20 };
    const off = { ...stream, frameWidth: null, frameHeight: null, framesPerSecond: 0 };
    const sentBy = (video: typeof off | (Omit<typeof off, 'frameHeight'> & { frameHeight: number })) =>
      hereOf(
        liveAt(
          20,
          aTimeOf(4).map((sample) => ({
            ...sample,
            measures: { ...sample.measures, outbound: { audio: stream, video } },
          })),
        ).visit,
      ).sent.reasons;
    expect(sentBy(off)).toEqual([]);
    expect(sentBy({ ...off, frameHeight: 720, framesPerSecond: 8 })).toMatchObject([
      { problem: 'video-too-slow' },
    ]);
  });

  it('takes the round trip of the server where the page has none', () => {
    const end = { roundTripTime: 900, packetLoss: 0, bitrate: 1, audioScore: 9, videoScore: 9 };
    const server = { inbound: end, outbound: end };
    const samples = aTimeOf(4, { roundTripTime: null }).map((sample) => ({ ...sample, server }));
    expect(liveAt(20, samples).visit).toMatchObject({ grade: 'inadequate', reasons: [{ problem: 'delay' }] });
  });
});

describe('somebody who is not here', () => {
  const cutOff = { isPresent: false, leftAt: after(60) };

  it('has no grade, whatever was measured while they were here, and is told of when it lasts', () => {
    const samples = aTimeOf(12, BAD);
    const soon = liveAt(61, samples, cutOff);
    expect(soon.visit.participants[0]?.presence).toEqual({
      where: 'cut-off',
      since: after(60).toISOString(),
    });
    expect([soon.visit.grade, soon.alerts]).toEqual(['unknown', []]);
    expect(liveAt(70, samples, cutOff).alerts).toEqual([
      {
        kind: 'cut-off',
        visitId: soon.visit.visitId,
        seatId: DOCTOR_SEAT,
        name: 'Dr Ayesha',
        patientName: 'Bilal Khan',
        practitionerName: 'Dr Ayesha',
        since: after(60).toISOString(),
      },
    ]);
  });

  it('alerts nobody when they said that they leave, or have not been in the room yet', () => {
    const left = liveAt(120, aTimeOf(12), { ...cutOff, hasLeft: true });
    expect(left.visit.participants[0]?.presence).toEqual({ where: 'left', since: after(60).toISOString() });
    const peeked = liveAt(120, [], { ...cutOff, joinedAt: null });
    const never = liveAt(120, [], { isPresent: false, joinedAt: null, connectedAt: null });
    for (const { visit } of [peeked, never])
      expect(visit.participants[0]?.presence).toEqual({ where: 'not-come' });
    expect([left, peeked, never].map(({ alerts }) => alerts)).toEqual([[], [], []]);
  });

  it('begins anew when they are back: what was measured before, and told of late, counts no more', () => {
    const back = { connectedAt: after(70) };
    const before = aTimeOf(14, { audio: { packets: 0 } });
    const { visit, alerts } = liveAt(72, before, back);
    expect(hereOf(visit)).toMatchObject({ received: { grade: 'unknown' }, lastSampleAt: null, sound: [] });
    expect([visit.grade, alerts]).toEqual(['unknown', []]);
    expect(liveAt(80, [...before, ...aTimeOf(2, {}, 70)], back).visit.grade).toBe('exam-grade');
  });

  it('never has a row and an alert that differ, whenever one looks', () => {
    const samples = [...aTimeOf(8), ...aTimeOf(8, BAD, 40), ...aTimeOf(6, {}, 100)];
    const lateAndBad = aTimeOf(4, { audio: { packets: 0 } }, 80);
    for (let seconds = 0; seconds <= 200; seconds += 1) {
      const away = seconds >= 80 && seconds < 100;
      const doctor = away
        ? { isPresent: false, leftAt: after(80) }
        : { connectedAt: after(seconds < 80 ? 0 : 100) };
      const known = [...samples, ...lateAndBad].filter(({ at }) => at <= after(seconds));
      const { visit, alerts } = liveAt(seconds, known, doctor);
      const presence = visit.participants[0]?.presence;
      for (const { kind } of alerts) {
        if (kind === 'cut-off') expect(presence?.where).toBe('cut-off');
        else expect(presence).toMatchObject({ where: 'here', received: { grade: 'inadequate' } });
      }
      expect(alerts.some(({ kind }) => kind === 'cut-off')).toBe(seconds >= 90 && seconds < 100);
      expect(alerts.some(({ kind }) => kind === 'inadequate-sound')).toBe(seconds >= 70 && seconds < 80);
    }
  });
});

it('filters narrow by grade, doctor, trouble and words of the name', () => {
  const { visit } = liveAt(60, aTimeOf(12, BAD));
  expect(isWanted(visit, {})).toBe(true);
  expect(isWanted(visit, { grade: 'inadequate', practitionerId: PRACTITIONER, problems: 'only' })).toBe(true);
  expect(isWanted(visit, { q: 'khan BIL' })).toBe(true);
  expect(isWanted(visit, { q: 'khan amina' })).toBe(false);
  expect(isWanted(visit, { grade: 'exam-grade' })).toBe(false);
  const { visit: good } = liveAt(60, aTimeOf(12));
  expect(isWantedLive(good, { problems: 'only' })).toBe(false);
  const { visit: halved } = liveAt(60, aTimeOf(12), { isPresent: false, leftAt: after(59) });
  expect(isWantedLive(halved, { problems: 'only' })).toBe(true);
});
