import type { VisitEvent } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { aPoint } from '#lib/features/quality/testing/a-point.ts';
import { axisOf } from '#lib/features/quality/time-axis.ts';
import { marksOf, markNumbers } from './timeline-marks.ts';

const END = { roundTripTime: 40, packetLoss: 0, bitrate: 9_000, jitter: 5 };
const OFF = { sent: { ...END, frameWidth: null, frameHeight: null, framesPerSecond: 0 } };
const start = Date.parse(aPoint(0).at);

function at(seconds: number): string {
  return new Date(start + seconds * 1_000).toISOString();
}

function marks(timeline: ReturnType<typeof aPoint>[], events: VisitEvent[] = []) {
  const person = { name: 'Bilal', timeline };
  const axis = axisOf({ participants: [person] });
  if (!axis) throw new Error('nothing was measured');
  return marksOf({ person, events, origin: 'walk_in' }, axis).map((mark) => [
    (mark.at - start) / 1_000,
    mark.text,
  ]);
}

test('who is back is told from somebody of the same name, and a hold is marked at both ends', () => {
  const event = (
    seconds: number,
    type: VisitEvent['type'],
    actorName: string,
    isBack = false,
  ): VisitEvent => ({ at: at(seconds), type, actorName, isBack });
  const events = [
    event(1, 'joined', 'Bilal'),
    event(4, 'left', 'Bilal'),
    event(6, 'joined', 'Bilal'),
    event(7, 'joined', 'Bilal', true),
    event(8, 'held', 'Dr Ayesha'),
    event(9, 'resumed', 'Dr Ayesha'),
    event(60, 'ended', 'Dr Ayesha'),
  ];
  expect(marks([aPoint(5), aPoint(10)], events)).toEqual([
    [1, 'Bilal came in'],
    [4, 'Bilal left'],
    [6, 'Bilal came in'],
    [7, 'Bilal is back'],
    [8, 'Dr Ayesha put the visit on hold'],
    [9, 'Dr Ayesha went on with the visit'],
  ]);
});

test('a camera that goes off and on, an outage and a time without measures are marked where they begin and end', () => {
  expect(marks([aPoint(5), aPoint(10, OFF), aPoint(15, OFF), aPoint(20)])).toEqual([
    [5, 'Bilal sends no picture any more: the camera is off, or it does not get through'],
    [15, 'Bilal sends a picture again'],
  ]);
  expect(marks([aPoint(5), aPoint(10, { problems: ['no-sound'] }), aPoint(15)])).toEqual([
    [5, 'No sound came to Bilal any more'],
    [10, 'Sound came to Bilal again'],
  ]);
  expect(marks([aPoint(5), aPoint(60)])).toEqual([
    [5, 'Nothing of Bilal was measured from here on'],
    [55, 'Bilal is measured again'],
  ]);
});

test('a camera that was never on is no event', () => {
  expect(marks([aPoint(5, OFF), aPoint(10, OFF)])).toEqual([]);
});

test('numbers that would cover each other stand together', () => {
  const axis = { from: 0, until: 100 };
  const of = (...times: number[]) =>
    markNumbers(
      times.map((time) => ({ at: time, text: '' })),
      axis,
    );
  expect(of(10, 12, 14, 50)).toEqual([
    { percent: 10, text: '1–3' },
    { percent: 50, text: '4' },
  ]);
  expect(of()).toEqual([]);
});
