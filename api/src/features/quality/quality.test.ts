import { QUALITY_MAX_POINTS, VisitQuality } from '@careconnect/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from './judged-period.ts';
import { gradeVisit } from './quality.ts';
import type { StoredSample } from './quality-sample.ts';
import { aSample, aTimeOf, DOCTOR_SEAT, PATIENT_SEAT } from './testing/a-sample.ts';

const SEATS = [
  { seatId: DOCTOR_SEAT, name: 'Dr Ayesha', seatRole: 'host' },
  { seatId: PATIENT_SEAT, name: 'Bilal', seatRole: 'patient' },
] as const;

function graded(samples: readonly StoredSample[]) {
  const quality = gradeVisit(SEATS, samples);
  return VisitQuality.parse(quality);
}

describe('a period', () => {
  it.each([
    ['nothing is wrong', {}, []],
    ['nobody sends anything', { audio: null, video: null }, []],
    ['others are muted', { audio: null }, []],
    ['sound is sent and none comes', { audio: { packets: 0 } }, ['no-sound']],
    ['a seventh of the sound is made up', { audio: { concealedShare: 0.15 } }, ['audio-concealed']],
    ['a tenth of it is', { audio: { concealedShare: 0.1 } }, []],
    [
      'the browser does not tell what it made up',
      { audio: { concealedShare: null, packetsLost: 50 } },
      ['audio-concealed'],
    ],
    ['it takes 450 ms', { roundTripTime: 780 }, ['delay']],
    ['no camera is on', { video: null }, ['no-picture']],
    ['the camera is on and nothing comes', { video: { packets: 0, framesPerSecond: 0 } }, ['no-picture']],
    ['the picture is small', { video: { frameWidth: 320, frameHeight: 180 } }, ['video-too-coarse']],
    ['the picture is just large enough', { video: { frameWidth: 640, frameHeight: 480 } }, []],
    ['a phone is held upright', { video: { frameWidth: 480, frameHeight: 640 } }, []],
    ['the picture is wide and low', { video: { frameWidth: 640, frameHeight: 360 } }, ['video-too-coarse']],
    ['it moves slowly', { video: { framesPerSecond: 14.9 } }, ['video-too-slow']],
    ['it stands still once', { video: { freezeCount: 1, totalFreezesDuration: 400 } }, ['freezes']],
  ])('in which %s', (_what, moment, problems) => {
    expect(judge(aSample(moment), null).problems).toEqual(problems);
  });

  it('has the delay of both ways to the server, and of the wait for what came late', () => {
    expect(judge(aSample({ roundTripTime: 40 }), 100).delay).toBe(20 + 50 + 60);
    expect(judge(aSample({ roundTripTime: null }), 100).delay).toBeNull();
  });
});

describe('a visit', () => {
  it('is exam-grade where nothing was wrong', () => {
    const { grade, reasons, participants } = graded([
      ...aTimeOf(12),
      ...aTimeOf(12, { seatId: PATIENT_SEAT }),
    ]);
    expect([grade, reasons]).toEqual(['exam-grade', []]);
    expect(participants.map(({ name, grade: own, measuredSeconds }) => [name, own, measuredSeconds])).toEqual(
      [
        ['Dr Ayesha', 'exam-grade', 60],
        ['Bilal', 'exam-grade', 60],
      ],
    );
  });

  it('is as good as it was for most of the time, and says what else there was', () => {
    const small = { video: { frameWidth: 320, frameHeight: 240 } };
    const mostlyGood = graded([...aTimeOf(7), ...aTimeOf(5, small, 35)]);
    expect(mostlyGood.grade).toBe('exam-grade');
    expect(mostlyGood.reasons).toEqual([{ problem: 'video-too-coarse', share: 5 / 12 }]);
    expect(graded([...aTimeOf(5), ...aTimeOf(7, small, 25)]).grade).toBe('audio-only');
  });

  it('is audio-only without a camera, and inadequate where sound mostly failed', () => {
    expect(graded(aTimeOf(4, { video: null })).grade).toBe('audio-only');
    const silent = graded([...aTimeOf(3, { audio: { packets: 0 } }), ...aTimeOf(2, {}, 15)]);
    expect(silent.grade).toBe('inadequate');
    expect(silent.reasons).toEqual([{ problem: 'no-sound', share: 0.6 }]);
  });

  it('counts long periods for what they are', () => {
    const long = aSample({ durationMs: 30_000, seconds: 35, video: null });
    expect(graded([...aTimeOf(5), long]).grade).toBe('audio-only');
  });

  it('is unknown while less than ten seconds were heard, however long one sat there', () => {
    expect(graded([]).grade).toBe('unknown');
    expect(graded(aTimeOf(1)).grade).toBe('unknown');
    expect(graded(aTimeOf(100, { audio: null, video: null })).grade).toBe('unknown');
    expect(graded(aTimeOf(2)).grade).toBe('exam-grade');
  });

  it('is graded by whoever fared worst, of those of whom enough is known', () => {
    const bad = aTimeOf(12, { seatId: PATIENT_SEAT, video: { framesPerSecond: 5 } });
    const { grade, reasons } = graded([...aTimeOf(12), ...bad]);
    expect([grade, reasons]).toEqual(['audio-only', [{ problem: 'video-too-slow', share: 1 }]]);
    expect(graded([...aTimeOf(12), ...bad.slice(0, 1)]).grade).toBe('exam-grade');
  });

  it('knows the delay of both people, each from their own end', () => {
    const far = { roundTripTime: 500 };
    const samples = [...aTimeOf(6, far), ...aTimeOf(6, { ...far, seatId: PATIENT_SEAT })];
    const { grade, participants } = graded(samples);
    expect(participants[0]?.timeline[0]?.delay).toBe(560);
    expect(grade).toBe('inadequate');
    expect(graded(aTimeOf(6, far)).grade).toBe('exam-grade');
  });
});

describe('a timeline', () => {
  it('is whole where it fits, in order', () => {
    const samples = aTimeOf(QUALITY_MAX_POINTS);
    const [own] = graded(samples.toReversed()).participants;
    expect(own?.timeline.map(({ at }) => at)).toEqual(samples.map(({ at }) => at.toISOString()));
  });

  it('keeps the worst of its neighbours where it does not', () => {
    const samples = aTimeOf(1_000);
    const worst = aSample({ seconds: 5 * 500, audio: { packets: 0 }, video: null });
    const worse = aSample({ seconds: 5 * 700, audio: { concealedShare: 0.05 } });
    samples[499] = worst;
    samples[699] = worse;
    const timeline = graded(samples).participants[0]?.timeline ?? [];
    expect(timeline).toHaveLength(250);
    expect(timeline.filter(({ problems }) => problems.length > 0).map(({ at }) => at)).toEqual([
      worst.at.toISOString(),
    ]);
    expect(timeline.map(({ at }) => at)).toContain(worse.at.toISOString());
  });

  it('and grade always keep to the contract, whatever was measured', () => {
    const moments = fc.record({
      seconds: fc.integer({ min: 0, max: 20_000 }),
      durationMs: fc.integer({ min: 500, max: 30_000 }),
      roundTripTime: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true })),
      audio: fc.option(
        fc.record({
          packets: fc.nat(1_000_000),
          packetsLost: fc.nat(1_000_000),
          concealedShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        }),
      ),
      video: fc.option(
        fc.record({
          packets: fc.nat(2),
          bitrate: fc.nat(1_000_000_000),
          framesPerSecond: fc.double({ min: 0, max: 240, noNaN: true }),
          freezeCount: fc.nat(3),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.array(moments, { maxLength: 700 }), (all) => {
        const { participants } = graded(all.map((moment) => aSample(moment)));
        expect(participants.length).toBe(all.length > 0 ? 1 : 0);
      }),
      { numRuns: 40 },
    );
  });
});
