import { capture, type Captured, type CaptureSource } from './capture.ts';
import type { MediaProblem } from './media-problem.ts';
import type { Flow, Outgoing } from './publisher.ts';

/** How often a device that another program holds is asked for again, in ms. */
const RETRY_MS = 3_000;

interface LocalSourceOptions {
  readonly isOn: boolean;
  readonly onChange: () => void;
  /** The person has switched it on or off. */
  readonly onSwitch: (isOn: boolean) => void;
}

/** One camera or microphone of this person: whether it is wanted, whether it runs, and why not. */
export class LocalSource {
  readonly source: CaptureSource;
  /** What the person wants. A camera that is off is really off: its light goes out. */
  isOn = $state(true);
  track = $state.raw<MediaStreamTrack | null>(null);
  problem = $state<MediaProblem | null>(null);
  /** True while the browser opens the device or asks the person. */
  isOpening = $state(true);
  deviceId = $state<string | undefined>(undefined);

  readonly #onChange: () => void;
  readonly #onSwitch: (isOn: boolean) => void;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(source: CaptureSource, { isOn, onChange, onSwitch }: LocalSourceOptions) {
    this.source = source;
    this.isOn = isOn;
    this.#onChange = onChange;
    this.#onSwitch = onSwitch;
  }

  /** Whether anything can be seen or heard of it now. */
  get isLive(): boolean {
    return this.isOn && this.track !== null;
  }

  outgoing(flow: Flow): Outgoing {
    return { track: this.track, isLive: flow !== 'ready' && this.isLive, isHeld: flow === 'held' };
  }

  /** Takes what a capture brought. */
  take({ track, problem }: Captured): void {
    this.isOpening = false;
    // The person may have switched the camera off, or left, while the browser was opening it.
    if (this.#isClosed || (!this.isOn && this.source === 'camera')) {
      track?.stop();
      return;
    }
    if (this.track && this.track !== track) this.#stopTrack();
    this.problem = problem;
    this.track = track;
    if (track) {
      track.enabled = this.isOn;
      track.contentHint = this.source === 'microphone' ? 'speech' : 'motion';
      track.addEventListener('ended', () => this.#ended(track), { once: true });
    }
    this.#retryWhileHeld();
    this.#onChange();
  }

  /** Opens the device again, for example after the person has mended the problem. */
  async reopen(): Promise<void> {
    if (this.#isClosed || this.isOpening) return;
    this.isOpening = true;
    // One device cannot be opened twice in some browsers, so the old track goes first.
    this.#stopTrack();
    const { deviceId } = this;
    this.take(await capture(this.source, deviceId));
    await this.correct(deviceId);
  }

  /** Opens the device that was chosen while another was being opened. */
  async correct(openedId: string | undefined): Promise<void> {
    if (this.deviceId !== openedId && this.track) await this.reopen();
  }

  async choose(deviceId: string): Promise<void> {
    this.deviceId = deviceId;
    // A muted microphone stays open.
    if (this.isOn || this.track) await this.reopen();
  }

  async setOn(isOn: boolean): Promise<void> {
    this.isOn = isOn;
    this.#onSwitch(isOn);
    if (this.source === 'microphone') {
      if (this.track) this.track.enabled = isOn;
      this.#onChange();
      if (isOn && !this.track) await this.reopen();
      return;
    }
    if (isOn) return this.reopen();
    this.#stopTrack();
    this.#onChange();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#stopTrack();
  }

  #stopTrack(): void {
    const track = this.track;
    this.track = null;
    track?.stop();
  }

  /** The device was pulled out or its permission taken away. `stop()` does not come here. */
  #ended(track: MediaStreamTrack): void {
    if (this.track !== track) return;
    this.track = null;
    void this.reopen();
  }

  #retryWhileHeld(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    if (this.problem === 'in-use') this.#retryTimer = setTimeout(() => void this.reopen(), RETRY_MS);
  }
}
