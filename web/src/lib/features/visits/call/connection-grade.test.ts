import { describe, expect, it } from 'vitest';
import { gradeConnection, type TrafficSample } from './connection-grade.ts';

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
