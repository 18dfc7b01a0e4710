/**
 * Why nothing comes from a camera or a microphone, in the terms in which a person can mend it.
 *
 * `insecure`: the page was not opened over HTTPS. `denied`: blocked in the browser.
 * `denied-by-system`: blocked in the settings of the computer or phone. `none`: there is no such
 * device. `in-use`: another program holds it. `failed`: the device itself gave up. `interrupted`: it is
 * open and the system lets nothing of it through, such as during a phone call.
 */
export type MediaProblem =
  'insecure' | 'denied' | 'denied-by-system' | 'none' | 'in-use' | 'failed' | 'interrupted';

/** Names a rejection of `getUserMedia`. Names of old engines are kept beside today's. */
export function classifyMediaError(error: unknown): Exclude<MediaProblem, 'interrupted'> {
  // An OverconstrainedError is an Error in newer browsers only.
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return /system/i.test(String(message)) ? 'denied-by-system' : 'denied';
    case 'SecurityError':
    case 'NotSupportedError':
      return 'insecure';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'TrackStartError':
      return 'in-use';
    default:
      return 'failed';
  }
}
