/** A track of a device that tests pull out, silence and hand back as a system would. */
export class FakeTrack extends EventTarget {
  readonly label: string;
  readonly #deviceId: string;
  enabled = true;
  muted = false;
  contentHint = '';
  readyState: MediaStreamTrackState = 'live';

  constructor(deviceId: string) {
    super();
    this.#deviceId = deviceId;
    this.label = `The ${deviceId}`;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.#deviceId };
  }

  /** By the page, which is told nothing of it. */
  stop(): void {
    this.readyState = 'ended';
  }

  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  silence(): void {
    this.muted = true;
    this.dispatchEvent(new Event('mute'));
  }

  handBack(): void {
    this.muted = false;
    this.dispatchEvent(new Event('unmute'));
  }
}

/** What is plugged in, and every track that a page has opened of it. */
export class FakeDevices {
  /** The first is the system's own choice. */
  pluggedIn: string[];
  /** Answers every wish to open one, while it is set. */
  refusal: DOMException | null = null;
  /** New tracks are silent: the system holds the device. */
  isHeld = false;
  readonly opened: FakeTrack[] = [];

  constructor(...pluggedIn: string[]) {
    this.pluggedIn = pluggedIn;
  }

  /** For `vi.stubGlobal('navigator', …)`. */
  get navigator() {
    return { mediaDevices: { getUserMedia: (wish: MediaStreamConstraints) => this.#open(wish) } };
  }

  /** The track that was opened last. */
  get latest(): FakeTrack {
    const track = this.opened.at(-1);
    if (!track) throw new Error('nothing was opened');
    return track;
  }

  async #open({ audio, video }: MediaStreamConstraints) {
    if (this.refusal) throw this.refusal;
    const { deviceId } = (audio ?? video) as { deviceId?: { exact: string } };
    const found = deviceId ? this.pluggedIn.find((id) => id === deviceId.exact) : this.pluggedIn[0];
    if (found === undefined) throw new DOMException('Requested device not found', 'NotFoundError');
    const track = new FakeTrack(found);
    track.muted = this.isHeld;
    this.opened.push(track);
    return { getTracks: () => [track] };
  }
}
