/** Loudness that fills the meter: speech close to a microphone peaks near -20 dBFS RMS. */
const FULL_SCALE_DB = -20;
/** What is 40 dB softer than that counts as silence. */
const SILENCE_DB = -60;

const WAKING = ['pointerdown', 'keydown', 'visibilitychange'] as const;

/** Loudness of one window of samples (-1 to 1) on a scale from 0, silence, to 1, loud speech. */
export function loudness(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels - SILENCE_DB) / (FULL_SCALE_DB - SILENCE_DB)));
}

/** Listens to one microphone track, only to say how loud it is. */
export class LevelMeter {
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #wake = (): void => void this.#context.resume();

  constructor(track: MediaStreamTrack) {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
    // Browsers keep sound asleep until the person has touched the page, phones after a call until they return.
    for (const event of WAKING) document.addEventListener(event, this.#wake);
  }

  /** Loudness now, 0 to 1. */
  read(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return loudness(this.#samples);
  }

  close(): void {
    for (const event of WAKING) document.removeEventListener(event, this.#wake);
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}
