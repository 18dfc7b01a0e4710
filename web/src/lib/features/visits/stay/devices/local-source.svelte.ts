import { capture, type Captured, type CaptureSource } from './capture.ts';
import type { MediaProblem } from './media-problem.ts';
import type { Flow, Outgoing } from './outgoing.ts';

/** How often a device that another program or a phone call holds is asked for again, in ms. */
const RETRY_MS = 3_000;
/**
 * How long the system may take to hand a device back to someone who returns to the page, in ms. WebKit believes a
 * camera that is silent for so long when it starts (https://bugs.webkit.org/show_bug.cgi?id=274211).
 */
const HAND_BACK_MS = 1_000;

/** The device that is used has changed without anybody choosing it. */
export interface DeviceSwap {
  readonly to: string;
  /** It is the one that was used before. */
  readonly isBack: boolean;
}

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
  /** What the person chose, or what was lost in the middle of a visit. Another one may stand in for it. */
  deviceId = $state<string | undefined>(undefined);
  lastSwap = $state.raw<DeviceSwap | null>(null);
  /** It has been seen or heard on this page. */
  hasWorked = $state(false);

  readonly #onChange: () => void;
  readonly #onSwitch: (isOn: boolean) => void;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  /** The track that is open was silenced by the system after it had been heard or seen. */
  #wasInterrupted = false;
  #isResting = false;
  #isClosed = false;

  constructor(source: CaptureSource, { isOn, onChange, onSwitch }: LocalSourceOptions) {
    this.source = source;
    this.isOn = isOn;
    this.#onChange = onChange;
    this.#onSwitch = onSwitch;
  }

  /** Whether anything can be seen or heard of it now. */
  get isLive(): boolean {
    return this.isOn && this.track !== null && this.problem === null;
  }

  /** The device that is open; undefined where there is none, or the browser does not tell. */
  get usedId(): string | undefined {
    return this.track?.getSettings().deviceId;
  }

  outgoing(flow: Flow): Outgoing {
    return { track: this.track, isLive: flow !== 'ready' && this.isLive, isHeld: flow === 'held' };
  }

  /** Takes what a capture brought. */
  take({ track, problem }: Captured): void {
    this.isOpening = false;
    // The person may have switched the camera off, or left, while the browser was opening it.
    if (this.#isClosed || !this.#isWanted) {
      track?.stop();
      return;
    }
    if (this.track && this.track !== track) this.#stopTrack();
    // Asked for in the middle of a phone call, it fails in other words.
    const isStillTaken = this.problem === 'interrupted' && (problem === 'in-use' || problem === 'failed');
    this.problem = track?.muted || isStillTaken ? 'interrupted' : problem;
    this.#wasInterrupted = false;
    this.track = track;
    if (track) this.#follow(track);
    this.#clearRetry();
    if (problem === 'in-use' || isStillTaken) this.#retryIn(RETRY_MS);
    this.#onChange();
  }

  /** Opens the device again, for example after the person has mended the problem. */
  async reopen(): Promise<void> {
    if (this.#isClosed || this.#isResting || this.isOpening) return;
    this.isOpening = true;
    // One device cannot be opened twice in some browsers, so the old track goes first.
    this.#stopTrack();
    const { deviceId } = this;
    this.take(await capture(this.source, deviceId));
    await this.correct(deviceId);
  }

  /**
   * The person has come back to the page. What ended or fell silent behind their back is opened anew; who
   * has no such device, or never let the page have it, is not asked again.
   */
  async wake(): Promise<void> {
    const isRefused = this.problem === 'denied' || this.problem === 'none';
    if (!this.isOn || this.isLive || (isRefused && !this.hasWorked)) return;
    if (this.track) this.#retryIn(HAND_BACK_MS);
    else await this.reopen();
  }

  /** Brings back the device that another stands in for, as soon as it is among those that are plugged in. */
  async bringBack(pluggedIn: readonly string[]): Promise<void> {
    const { deviceId, usedId } = this;
    if (!deviceId || !usedId || usedId === deviceId || this.isOpening || !pluggedIn.includes(deviceId))
      return;
    this.isOpening = true;
    const found = await capture(this.source, deviceId);
    // The one that stands in works: it stays until there is a better one.
    if (this.track && !found.track) this.isOpening = false;
    else this.take(found);
    if (this.usedId === deviceId) this.#noteSwap({ isBack: true });
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
      if (isOn && !this.isLive) await this.reopen();
      return;
    }
    if (isOn) return this.reopen();
    if (this.problem === 'interrupted') this.problem = null;
    this.#stopTrack();
    this.#onChange();
  }

  /** Lets go of the device, for another window, until `revive`. */
  rest(): void {
    this.#isResting = true;
    this.problem = null;
    this.#clearRetry();
    this.#stopTrack();
  }

  async revive(): Promise<void> {
    if (!this.#isResting) return;
    this.#isResting = false;
    if (this.#isWanted) await this.reopen();
  }

  close(): void {
    this.#isClosed = true;
    this.#clearRetry();
    this.#stopTrack();
  }

  /** A muted microphone stays open, a camera that is off does not. */
  get #isWanted(): boolean {
    return !this.#isResting && (this.isOn || this.source === 'microphone');
  }

  #follow(track: MediaStreamTrack): void {
    track.enabled = this.isOn;
    track.contentHint = this.source === 'microphone' ? 'speech' : 'motion';
    track.addEventListener('ended', () => void this.#ended(track), { once: true });
    track.addEventListener('mute', () => this.#interrupted(track));
    track.addEventListener('unmute', () => void this.#restored(track));
    this.hasWorked ||= this.problem === null;
  }

  #stopTrack(): void {
    const track = this.track;
    this.track = null;
    track?.stop();
  }

  /** The device was pulled out or its permission taken away. `stop()` does not come here. */
  async #ended(track: MediaStreamTrack): Promise<void> {
    if (this.track !== track) return;
    const lostId = track.getSettings().deviceId;
    this.deviceId ??= lostId;
    this.track = null;
    // Others learn it now: the browser may take its time, or ask the person.
    this.#onChange();
    await this.reopen();
    if (this.usedId !== lostId) this.#noteSwap({ isBack: false });
  }

  /** The system has silenced it. Nothing of that is the person's wish. */
  #interrupted(track: MediaStreamTrack): void {
    if (this.track !== track) return;
    this.#wasInterrupted = true;
    this.problem = 'interrupted';
    this.#onChange();
  }

  async #restored(track: MediaStreamTrack): Promise<void> {
    if (this.track !== track) return;
    this.#clearRetry();
    // After a phone call iOS calls a microphone unmuted that stays silent
    // (https://bugs.webkit.org/show_bug.cgi?id=208516). Only a new one is sure to be heard; one that began in
    // silence is new.
    if (this.source === 'microphone' && this.#wasInterrupted) return this.reopen();
    this.problem = null;
    this.hasWorked = true;
    this.#onChange();
  }

  #noteSwap({ isBack }: Pick<DeviceSwap, 'isBack'>): void {
    if (this.track) this.lastSwap = { to: this.track.label, isBack };
  }

  #retryIn(delayMs: number): void {
    this.#clearRetry();
    this.#retryTimer = setTimeout(() => {
      if (this.#isWanted && this.problem !== null) void this.reopen();
    }, delayMs);
  }

  #clearRetry(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }
}
