import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_BYTES = 20_000_000;

/** Appends to a file and starts a new one before it grows beyond reading; keeps one old one. */
export class RotatingLog {
  readonly #path: string;
  #stream: WriteStream;
  #bytes: number;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#path = path;
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = createWriteStream(path, { flags: 'a' });
  }

  write(chunk: Buffer): void {
    if (this.#bytes > LARGEST_BYTES) this.#rotate();
    this.#bytes += chunk.length;
    this.#stream.write(chunk);
  }

  /** Resolves when everything written is in the file. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(resolve));
  }

  #rotate(): void {
    this.#stream.end();
    renameSync(this.#path, `${this.#path}.1`);
    this.#stream = createWriteStream(this.#path, { flags: 'a' });
    this.#bytes = 0;
  }
}
