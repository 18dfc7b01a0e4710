import { SCREEN_MAX_BITRATE } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';

/**
 * Frames a second of what is read and of what moves: those of LiveKit's `ScreenSharePresets` for documents
 * (`h720fps5`) and for films (`h1080fps30`).
 */
const MAX_FRAMERATE = { detail: 5, motion: 30 } as const;

/** By what is shown; unknown counts as something that is read. */
export function screenFramerate(track: Pick<MediaStreamTrack, 'contentHint'> | null): number {
  return track?.contentHint === 'motion' ? MAX_FRAMERATE.motion : MAX_FRAMERATE.detail;
}

/** What gives way where the connection or the device cannot carry all of it. */
export function screenDegradation(
  track: Pick<MediaStreamTrack, 'contentHint'> | null,
): RTCDegradationPreference {
  return track?.contentHint === 'motion' ? 'balanced' : 'maintain-resolution';
}

/** A screen is sent in one size, its own: what is written on it cannot be read in a smaller one. */
export function screenEncodings(track: Pick<MediaStreamTrack, 'contentHint'>): types.RtpEncodingParameters[] {
  return [{ maxBitrate: SCREEN_MAX_BITRATE, maxFramerate: screenFramerate(track) }];
}
