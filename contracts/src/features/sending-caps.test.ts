import { expect, it } from 'vitest';
import { announcedBitrate, SCREEN_MAX_BITRATE, seatSendingCap, sendingCap } from './sending-caps.ts';

it('lets host and patient show a screen, and nobody who comes along', () => {
  expect(sendingCap('host', 'screen')).toBe(SCREEN_MAX_BITRATE);
  expect(sendingCap('patient', 'screen')).toBe(SCREEN_MAX_BITRATE);
  expect(sendingCap('guest', 'screen')).toBe(0);
});

it.each(['host', 'patient', 'guest'] as const)('lets a %s be seen and heard', (role) => {
  expect(sendingCap(role, 'camera')).toBeGreaterThan(0);
  expect(sendingCap(role, 'microphone')).toBeGreaterThan(0);
});

it('adds up all layers of a picture', () => {
  expect(announcedBitrate({ encodings: [{ maxBitrate: 150_000 }, { maxBitrate: 500_000 }] })).toBe(650_000);
  expect(announcedBitrate({ encodings: [{ ssrc: 1 }] })).toBe(0);
  expect(announcedBitrate({})).toBe(0);
});

it.each(['host', 'patient', 'guest'] as const)('allows a %s together what each source may take', (role) => {
  const faceAndVoice = sendingCap(role, 'microphone') + sendingCap(role, 'camera');
  expect(seatSendingCap({ showsScreen: false })).toBe(faceAndVoice);
  expect(seatSendingCap({ showsScreen: true })).toBe(faceAndVoice + SCREEN_MAX_BITRATE);
});
