import { RequestError } from '../seat/request-error.ts';
import type { Flow, Outgoing } from './outgoing.ts';

/** What cannot be told from the picture itself: whether it is to be sharp, or to move. */
export type ScreenContent = 'detail' | 'motion';

/** Why a screen is not shown: the browser could not get it, or the server does not take it. */
export type ScreenProblem = 'not-captured' | RequestError;

/** Whether this browser can show a screen at all; those of phones cannot. */
export function canShareScreen(): boolean {
  const { mediaDevices } = navigator as { mediaDevices?: Partial<MediaDevices> };
  return typeof mediaDevices?.getDisplayMedia === 'function';
}

/** This person's screen, or a window of it, while they show it to the others. */
export class ScreenShare {
  track = $state.raw<MediaStreamTrack | null>(null);
  content = $state<ScreenContent>('detail');
  /** The last wish to show it came to nothing. */
  problem = $state.raw<ScreenProblem | null>(null);
  /** The browser asks the person what to show. */
  isAsking = $state(false);
  readonly #onChange: () => void;
  #isClosed = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Has the person choose what to show. Whoever changes their mind shows nothing, and that is no problem. */
  async start(): Promise<void> {
    if (this.isAsking || this.track) return;
    this.isAsking = true;
    this.problem = null;
    try {
      // In its full size: what is read on it is small.
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 30 } } });
      this.#take(stream.getVideoTracks()[0] ?? null);
    } catch (error) {
      const isDeclined = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!isDeclined) this.problem = 'not-captured';
    } finally {
      this.isAsking = false;
    }
  }

  stop(): void {
    if (!this.track) return;
    this.track.stop();
    this.track = null;
    this.#onChange();
  }

  /** For a film the frames count, for anything that is read the lines. */
  setContent(content: ScreenContent): void {
    this.content = content;
    if (this.track) this.track.contentHint = content;
    this.#onChange();
  }

  /** The server does not let it be shown. What has only not been answered is asked again with the next path. */
  refused(error: unknown): void {
    const problem = RequestError.from(error);
    if (problem.isPassing || !this.track) return;
    this.problem = problem;
    this.stop();
  }

  /** From inside the room only: nothing of it stands ready before. */
  outgoing(flow: Flow): Outgoing {
    const track = flow === 'ready' ? null : this.track;
    return { track, isLive: track !== null, isHeld: flow === 'held' };
  }

  /** Ends with the stay. Safe to call again. */
  close(): void {
    this.#isClosed = true;
    this.stop();
  }

  #take(track: MediaStreamTrack | null): void {
    // The person may have left while the browser asked them.
    if (this.#isClosed) return track?.stop();
    if (!track) return;
    track.contentHint = this.content;
    // The browser has a button of its own to end it, and it ends with the window that is shown.
    track.addEventListener('ended', () => this.track === track && this.stop(), { once: true });
    this.track = track;
    this.#onChange();
  }
}
