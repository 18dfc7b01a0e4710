import type { MediaSource, RtpParameters } from './media.ts';
import type { SeatRole } from './seats.ts';

/**
 * The most that a screen takes, in bit/s: what LiveKit's client gives 1080 lines at 15 frames a second
 * (`ScreenSharePresets.h1080fps15`). Small print stays sharp with it at the few frames that it needs, and a film at
 * fewer lines moves.
 */
export const SCREEN_MAX_BITRATE = 2_500_000;
/** All layers of a camera of 720 lines, in bit/s, as pages send them (150, 500 and 1,200 kbit/s), and some room. */
const CAMERA_MAX_BITRATE = 2_000_000;
/** Twice what RFC 7587 (section 3.1.1) recommends for speech at full band, in bit/s. */
const MICROPHONE_MAX_BITRATE = 80_000;

const FACE_AND_VOICE = { microphone: MICROPHONE_MAX_BITRATE, camera: CAMERA_MAX_BITRATE };
const ALL = { ...FACE_AND_VOICE, screen: SCREEN_MAX_BITRATE };

/** What a person in a visit may send, and with how many bit/s at most; what is missing, they may not send. */
export const SENDING_CAPS = {
  host: ALL,
  patient: ALL,
  // Who comes along to support a patient has nothing to show that the patient could not show themselves.
  guest: FACE_AND_VOICE,
} as const satisfies Record<SeatRole, Partial<Record<MediaSource, number>>>;

/** How many bit/s of a source someone may send at most; 0 for a source that is not theirs to send. */
export function sendingCap(role: SeatRole, source: MediaSource): number {
  const caps: Partial<Record<MediaSource, number>> = SENDING_CAPS[role];
  return caps[source] ?? 0;
}

/** How many bit/s all that someone sends may take together: a face and a voice, and a screen while they show one. */
export function seatSendingCap({ showsScreen }: { readonly showsScreen: boolean }): number {
  return MICROPHONE_MAX_BITRATE + CAMERA_MAX_BITRATE + (showsScreen ? SCREEN_MAX_BITRATE : 0);
}

/** What a page announces to send at most, over all layers, in bit/s. A layer without a word adds nothing. */
export function announcedBitrate({ encodings = [] }: Pick<RtpParameters, 'encodings'>): number {
  return encodings.reduce((sum, { maxBitrate = 0 }) => sum + maxBitrate, 0);
}
