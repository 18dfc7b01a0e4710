import { watchPlace } from './picture-place.ts';

/**
 * What plays one person's picture and sound. The element is made before the page has a place for it: a
 * browser takes a while to set one up, more so while it draws a new screen, and a frame that comes before
 * that is never shown. The next may be half a second away, because what follows a keyframe is large.
 */
export class Playback {
  readonly element = document.createElement('video');
  /** The browser wants a press before it plays sound. */
  isBlocked = $state(false);
  /** Its first picture is there to be seen. */
  hasPicture = $state(false);
  /** How large it is shown, in lines; 0 while nobody can see it, null before it has a place. */
  lines: number | null = null;
  readonly #stream = new MediaStream();

  /** @param onPlaced - told of every change of `lines` */
  constructor(onPlaced: () => void) {
    this.element.autoplay = true;
    this.element.playsInline = true;
    this.element.muted = true;
    this.element.srcObject = this.#stream;
    watchPlace(this.element, (lines) => {
      this.lines = lines;
      onPlaced();
    });
    // It gets its size with its first frame.
    this.element.addEventListener('resize', () => (this.hasPicture = true), { once: true });
    // Nothing on the page pauses it: a phone does for a call, and leaves it at that.
    this.element.addEventListener('pause', () => this.resume());
  }

  /** Lets it be heard. Before that it plays silently, whatever arrives. */
  unmute(): void {
    this.element.muted = false;
  }

  /** Changing tracks keeps the element and its last picture. */
  setTracks(wanted: readonly MediaStreamTrack[]): void {
    const playing = this.#stream.getTracks();
    for (const track of playing) if (!wanted.includes(track)) this.#stream.removeTrack(track);
    for (const track of wanted) if (!playing.includes(track)) this.#stream.addTrack(track);
    if (wanted.length > 0) this.play();
  }

  play(): void {
    this.isBlocked = false;
    this.element.play().catch((error: unknown) => {
      const name = error instanceof DOMException ? error.name : null;
      if (name === 'NotAllowedError') this.isBlocked = true;
      // A newer change of what it plays is the usual reason, and the next call plays that.
      else if (name !== 'AbortError') console.error('someone cannot be played', error);
    });
  }

  /** Plays on where the system has paused it. Out of sight it waits until the person is back. */
  resume(): void {
    const { element } = this;
    if (!element.isConnected || document.hidden || !element.paused) return;
    if (this.#stream.getTracks().length > 0) this.play();
  }

  /**
   * Puts it on the page. Leaving the page pauses it, as browsers do with any element.
   * @param onPicture told once, when its picture has been painted there
   */
  showIn(place: HTMLElement, onPicture: () => void): void {
    place.append(this.element);
    if (this.#stream.getTracks().length > 0) this.play();
    if (this.element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return afterPaint(onPicture);
    if ('requestVideoFrameCallback' in this.element) {
      this.element.requestVideoFrameCallback(() => onPicture());
    }
  }
}

/** The first animation frame comes before the paint that shows a change, the second after it. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}
