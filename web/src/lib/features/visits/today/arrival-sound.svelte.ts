import type { BrowserStore } from '#lib/storage/browser-store.ts';
import { playChime } from '../sound.ts';

const KEY = 'careconnect.today.muted';

/** The chime of a new arrival. Silent until the person has touched the page, as browsers demand. */
export class ArrivalSound {
  isMuted = $state(false);

  readonly #storage: BrowserStore;
  #context: AudioContext | null = null;

  constructor(storage: BrowserStore) {
    this.#storage = storage;
    this.isMuted = storage.getItem(KEY) === '1';
  }

  /** The first press of the page wakes the sound up. */
  wake(): void {
    this.#context ??= new AudioContext();
  }

  toggle(): void {
    this.isMuted = !this.isMuted;
    this.#storage.setItem(KEY, this.isMuted ? '1' : '0');
    if (!this.isMuted) this.play();
  }

  play(): void {
    if (this.isMuted || !this.#context) return;
    playChime(this.#context).catch(() => undefined);
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
  }
}
