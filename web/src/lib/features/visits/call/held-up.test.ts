import { describe, expect, it } from 'vitest';
import { hasStandIn, heldUpOf, type PictureNews } from './held-up.ts';

function heldUp(changes: Partial<PictureNews>) {
  return heldUpOf({
    isCameraOn: true,
    isLinked: true,
    isPeerConnected: true,
    isStill: false,
    isReceivingShort: false,
    bottleneck: null,
    ...changes,
  });
}

describe('heldUpOf', () => {
  it('says nothing over a live picture, also where a connection is broken that does not carry it', () => {
    expect(heldUp({})).toBeNull();
    expect(heldUp({ isLinked: false })).toBeNull();
    expect(heldUp({ isPeerConnected: false })).toBeNull();
  });

  it('tells whose connection has gone with the picture', () => {
    expect(heldUp({ isLinked: false, isStill: true })).toBe('cut-here');
    expect(heldUp({ isPeerConnected: false, isStill: true })).toBe('cut-there');
  });

  it('does not call a way slow that is cut', () => {
    expect(heldUp({ isLinked: false, isStill: true, isReceivingShort: true })).toBe('cut-here');
    expect(heldUp({ isPeerConnected: false, isStill: true, bottleneck: 'sender' })).toBe('cut-there');
  });

  it('tells on which side it is too slow', () => {
    expect(heldUp({ isReceivingShort: true })).toBe('slow-here');
    expect(heldUp({ bottleneck: 'viewer' })).toBe('slow-here');
    expect(heldUp({ bottleneck: 'sender' })).toBe('slow-there');
  });

  it('has nothing to say of a camera that is off', () => {
    expect(heldUp({ isCameraOn: false, isLinked: false, isStill: true, bottleneck: 'sender' })).toBeNull();
  });
});

it('shows a face where there is no picture, and not behind the words that tell why', () => {
  const none = { isCameraOn: true, hasPicture: false, heldUp: null };
  expect(hasStandIn(none)).toBe(true);
  expect(hasStandIn({ ...none, heldUp: 'cut-there' })).toBe(false);
  expect(hasStandIn({ ...none, hasPicture: true })).toBe(false);
  expect(hasStandIn({ isCameraOn: false, hasPicture: true, heldUp: null })).toBe(true);
});
