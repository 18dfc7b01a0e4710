import { LiveVisit, type PatientId, type PractitionerId, type VisitId } from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { gradeLive, type WatchedVisit } from './live-quality.ts';
import { isWanted } from './quality-filter.ts';
import type { StoredSample } from './quality-sample.ts';
import { aSample, aTimeOf, DOCTOR_SEAT, PATIENT_SEAT } from './testing/a-sample.ts';

const START = Date.parse('2026-11-22T09:00:00.000Z');
const PRACTITIONER = '01970000-0000-7000-8000-00000000000b' as PractitionerId;
const BAD = { audio: { concealedShare: 0.4 } };

function aWatched(): WatchedVisit {
  const seat = { isPresent: true, joinedAt: null, node: 'signaling' };
  return {
    visitId: '01970000-0000-7000-8000-00000000000a' as VisitId,
    state: 'in_progress',
    patient: { id: '01970000-0000-7000-8000-00000000000c' as PatientId, name: 'Bilal Khan' },
    practitioner: { id: PRACTITIONER, name: 'Dr Ayesha' },
    startedAt: new Date(START).toISOString(),
    endedAt: null,
    seats: [
      { seatId: DOCTOR_SEAT, name: 'Dr Ayesha', seatRole: 'host', ...seat },
      { seatId: PATIENT_SEAT, name: 'Bilal Khan', seatRole: 'patient', ...seat },
    ],
  };
}

function liveAt(seconds: number, samples: readonly StoredSample[]) {
  const now = new Date(START + 1_000 * seconds);
  const { visit, alert } = gradeLive(aWatched(), samples, { now, alertAfterMs: 30_000 });
  return { visit: LiveVisit.parse(visit), alert };
}

describe('a visit that goes on', () => {
  it('is graded from the last minute, and keeps a longer line', () => {
    const { visit, alert } = liveAt(120, [...aTimeOf(12, BAD), ...aTimeOf(12, {}, 60)]);
    expect([visit.grade, visit.reasons, alert]).toEqual(['exam-grade', [], null]);
    const [doctor, patient] = visit.participants;
    expect(doctor?.sound).toHaveLength(24);
    expect(doctor?.lastSampleAt).toBe(new Date(START + 120_000).toISOString());
    expect(patient).toMatchObject({ received: { grade: 'unknown' }, lastSampleAt: null, sound: [] });
  });

  it('of which nothing is told any more is not known, and alerts nobody', () => {
    const { visit, alert } = liveAt(75, aTimeOf(3, BAD));
    expect([visit.grade, alert]).toEqual(['unknown', null]);
  });

  it('alerts when somebody has not understood the others for half a minute without a break', () => {
    const good = aTimeOf(6);
    expect(liveAt(55, [...good, ...aTimeOf(5, BAD, 30)]).alert).toBeNull();
    expect(liveAt(60, [...good, ...aTimeOf(6, BAD, 30)]).alert).toMatchObject({
      kind: 'visit-inadequate',
      patientName: 'Bilal Khan',
      since: new Date(START + 30_000).toISOString(),
      problem: 'audio-concealed',
    });
    const again = [...aTimeOf(6, BAD, 30), aSample({ seconds: 65 }), aSample({ ...BAD, seconds: 70 })];
    expect(liveAt(70, again).alert).toBeNull();
  });

  it('says which direction is in trouble, by what the server tells where the page does not know', () => {
    const audio = { packets: 250, packetsLost: 0, bitrate: 32_000, jitter: null, roundTripTime: null };
    const end = { roundTripTime: 40, packetLoss: 0, bitrate: 1, audioScore: 9, videoScore: 9 };
    const samples = aTimeOf(4).map((sample) => ({
      ...sample,
      measures: { ...sample.measures, outbound: { audio, video: null } },
      server: { inbound: end, outbound: { ...end, packetLoss: 0.4 } },
    }));
    const [doctor] = liveAt(20, samples).visit.participants;
    expect(doctor?.received.grade).toBe('exam-grade');
    expect(doctor?.sent).toMatchObject({ grade: 'inadequate', reasons: [{ problem: 'audio-concealed' }] });
  });

  it('blames nobody for a camera that is off, though its padding still flows', () => {
    const stream = { packets: 40, packetsLost: 0, bitrate: 9_000, jitter: 3, roundTripTime: 20 };
    const off = { ...stream, frameWidth: null, frameHeight: null, framesPerSecond: 0 };
    const sentBy = (video: typeof off | (Omit<typeof off, 'frameHeight'> & { frameHeight: number })) =>
      liveAt(
        20,
        aTimeOf(4).map((sample) => ({
          ...sample,
          measures: { ...sample.measures, outbound: { audio: stream, video } },
        })),
      ).visit.participants[0]?.sent.reasons;
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

it('filters narrow by grade, doctor, trouble and words of the name', () => {
  const { visit } = liveAt(60, aTimeOf(12, BAD));
  expect(isWanted(visit, {})).toBe(true);
  expect(isWanted(visit, { grade: 'inadequate', practitionerId: PRACTITIONER, problems: 'only' })).toBe(true);
  expect(isWanted(visit, { q: 'khan BIL' })).toBe(true);
  expect(isWanted(visit, { q: 'khan amina' })).toBe(false);
  expect(isWanted(visit, { grade: 'exam-grade' })).toBe(false);
  expect(isWanted(liveAt(60, aTimeOf(12)).visit, { problems: 'only' })).toBe(false);
});
