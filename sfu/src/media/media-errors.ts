import { AppError } from '@careconnect/platform';
import { errors } from 'mediasoup';

/** What can go wrong with a seat's media, in words for the person in the seat. */
export const mediaErrors = {
  noSeat: (): AppError =>
    new AppError(
      'MEDIA_REFUSED',
      'The connection for audio and video is gone. Reload the page to set it up again.',
    ),
  noSuch: (thing: 'producer' | 'consumer'): AppError =>
    new AppError('MEDIA_REFUSED', `There is no such ${thing} in this seat. Reload the page to start afresh.`),
  notInside: (): AppError =>
    new AppError('MEDIA_REFUSED', 'Others are seen and heard only inside the visit. Join it first.'),
  tooManyProducers: (limit: number): AppError =>
    new AppError('MEDIA_REFUSED', `A seat can send ${limit} tracks at a time. Stop one of them first.`),
  wrongKind: (source: string, kind: string): AppError =>
    new AppError('MEDIA_REFUSED', `A ${source} cannot send ${kind}. Reload the page to start afresh.`),
  screenTaken: (): AppError =>
    new AppError(
      'SCREEN_TAKEN',
      'Someone else is showing their screen. Ask them to stop first, then show yours.',
    ),
  refused: (what: string, cause: unknown): AppError =>
    new AppError(
      'MEDIA_REFUSED',
      `The media server did not accept ${what} from this browser. Reload the page to set it up again.`,
      { cause },
    ),
  unavailable: (cause?: unknown): AppError =>
    new AppError(
      'MEDIA_UNAVAILABLE',
      'Audio and video are not available for a moment. The visit goes on; please try again.',
      { cause },
    ),
};

/**
 * Awaits what calls into mediasoup and turns what it throws into an error of ours: a dead worker is
 * MEDIA_UNAVAILABLE, anything it does not like about the parameters is MEDIA_REFUSED.
 * @param what the object of "did not accept …"
 */
export async function media<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw cause instanceof errors.WorkerClosedError
      ? mediaErrors.unavailable(cause)
      : mediaErrors.refused(what, cause);
  }
}
