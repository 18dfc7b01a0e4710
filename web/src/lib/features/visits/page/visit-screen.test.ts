import { describe, expect, it } from 'vitest';
import { chooseScreen, noticeOf, type ScreenInputs } from './visit-screen.ts';

const atRest: ScreenInputs = {
  stage: 'lobby',
  visitState: 'scheduled',
  link: 'connected',
  refusalCode: null,
  isReplaced: false,
  isSignedOut: false,
  isGuest: false,
  canDoMedia: true,
  acceptsWordsOnly: false,
  isLate: false,
  isReturning: false,
};

function screenOf(changes: Partial<ScreenInputs>) {
  return chooseScreen({ ...atRest, ...changes });
}

describe('chooseScreen', () => {
  it('shows the lobby with its preview while the server has not answered yet', () => {
    expect(screenOf({ stage: 'arriving', link: 'connecting' })).toEqual({ kind: 'lobby' });
  });

  it('does not show the lobby to someone who goes straight back in', () => {
    expect(screenOf({ stage: 'arriving', isReturning: true })).toEqual({ kind: 'arriving' });
  });

  it('keeps the call on the screen while the connection is being mended', () => {
    expect(screenOf({ stage: 'in_room', link: 'reconnecting' })).toEqual({ kind: 'call' });
  });

  it('tells a second tab that the seat is taken, and the first that it was replaced', () => {
    expect(screenOf({ link: 'refused', refusalCode: 'SEAT_TAKEN' })).toEqual({
      kind: 'notice',
      notice: 'elsewhere',
    });
    expect(screenOf({ stage: 'in_room', link: 'idle', isReplaced: true })).toEqual({
      kind: 'notice',
      notice: 'replaced',
    });
  });

  it('tells someone why they were taken out of the call', () => {
    expect(screenOf({ stage: 'in_room', link: 'refused', refusalCode: 'SENT_TOO_MUCH' })).toEqual({
      kind: 'notice',
      notice: 'sent-too-much',
    });
  });

  it('tells someone who was signed out, whatever they were doing', () => {
    for (const stage of ['lobby', 'waiting', 'in_room'] as const) {
      expect(screenOf({ stage, link: 'closed', isSignedOut: true })).toEqual({
        kind: 'notice',
        notice: 'signed-out',
      });
    }
    expect(screenOf({ stage: 'left', link: 'closed', isSignedOut: true })).toEqual({ kind: 'left' });
  });

  it('never asks a guest to sign in, who has no account', () => {
    const notice = { kind: 'notice', notice: 'guest-signed-out' };
    expect(screenOf({ isSignedOut: true, isGuest: true })).toEqual(notice);
    expect(screenOf({ link: 'refused', refusalCode: 'SESSION_EXPIRED', isGuest: true })).toEqual(notice);
  });

  it('leads a visit that is over to its record', () => {
    expect(screenOf({ stage: 'over', visitState: 'ended' })).toEqual({ kind: 'over' });
    expect(screenOf({ link: 'refused', refusalCode: 'VISIT_OVER' })).toEqual({ kind: 'over' });
  });

  it('says that a visit was cancelled even though it is over', () => {
    expect(screenOf({ stage: 'over', visitState: 'cancelled' })).toEqual({
      kind: 'notice',
      notice: 'cancelled',
    });
  });

  it('lets a browser without WebRTC go on in words once the person has chosen so', () => {
    expect(screenOf({ canDoMedia: false })).toEqual({ kind: 'notice', notice: 'no-media' });
    expect(screenOf({ canDoMedia: false, acceptsWordsOnly: true })).toEqual({ kind: 'lobby' });
  });

  it('admits that the clinic cannot be reached only before anything was there', () => {
    expect(screenOf({ stage: 'arriving', link: 'connecting', isLate: true })).toEqual({
      kind: 'notice',
      notice: 'unreachable',
    });
    expect(screenOf({ stage: 'waiting', link: 'reconnecting', isLate: true })).toEqual({ kind: 'waiting' });
  });
});

describe('noticeOf', () => {
  it('has a screen for every refusal, and none for a visit that has a record', () => {
    expect(noticeOf('VISIT_FULL')).toBe('full');
    expect(noticeOf('VISIT_NOT_YOURS')).toBe('not-yours');
    expect(noticeOf('SESSION_EXPIRED')).toBe('signed-out');
    expect(noticeOf('CONFLICT')).toBe('broken');
    expect(noticeOf('VISIT_OVER')).toBeNull();
  });
});
