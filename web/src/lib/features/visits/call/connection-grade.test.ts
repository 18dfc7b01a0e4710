import { describe, expect, it } from 'vitest';
import { receiveReport, sendReport } from '../stay/measuring/testing/stats-reports.ts';
import { gradeConnection, readTraffic, type TrafficSample } from './connection-grade.ts';

const start: TrafficSample = { packetsReceived: 1_000, packetsLost: 10, sendLoss: 0, roundTripMs: 40 };

function later(changes: Partial<TrafficSample>): TrafficSample {
  return { ...start, packetsReceived: start.packetsReceived + 100, ...changes };
}

describe('gradeConnection', () => {
  it('is good while nothing new is lost, whatever was lost before', () => {
    expect(gradeConnection(start, later({}))).toBe('good');
  });

  it('counts only the loss between the samples', () => {
    expect(gradeConnection(start, later({ packetsLost: 15 }))).toBe('fair');
    expect(gradeConnection(start, later({ packetsLost: 40 }))).toBe('weak');
  });

  it('listens to the way up as well', () => {
    expect(gradeConnection(start, later({ sendLoss: 0.2 }))).toBe('weak');
  });

  it('falls when the way is long', () => {
    expect(gradeConnection(start, later({ roundTripMs: 400 }))).toBe('fair');
    expect(gradeConnection(start, later({ roundTripMs: 1_200 }))).toBe('weak');
  });

  it('is good where nothing flows', () => {
    expect(gradeConnection(start, start)).toBe('good');
  });
});

describe('readTraffic', () => {
  it('sums up what comes, and takes the worst of what is lost on the way up and of the round trips', () => {
    const changes = { 'remote-audio': { fractionLost: 0.02 }, 'in-video': { packetsLost: 3 } };
    const reports = [sendReport(10, changes), receiveReport(10, changes)];
    expect(readTraffic(reports)).toEqual({
      packetsReceived: 1_600,
      packetsLost: 10,
      sendLoss: 0.02,
      roundTripMs: 42,
    });
  });

  it('knows of no round trip before one was measured', () => {
    expect(readTraffic([receiveReport(1)]).roundTripMs).toBeNull();
  });
});
