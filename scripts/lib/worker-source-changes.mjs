import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/** @typedef {{ file: string, why: string, from: string, to: string }} SourceChange */

/** @type {readonly SourceChange[]} */
export const SOURCE_CHANGES = [
  {
    file: 'meson.build',
    why: "Debian 12's meson is 1.0.1, and nothing in the file needs more",
    from: "meson_version: '>= 1.1.0'",
    to: "meson_version: '>= 1.0.0'",
  },
  {
    file: 'src/RTC/DtlsTransport.cpp',
    why:
      'OpenSSL calls back with BIO_CB_RETURN | operation, never with BIO_CB_RETURN alone. Answering 1 to every ' +
      'control turns kernel TLS on in an OpenSSL that has it: no write buffer, and a crash in the first DTLS flight',
    from: '(operationType == BIO_CB_RETURN) ? static_cast<long>(ret) : 1;',
    to: '(operationType & BIO_CB_RETURN) ? static_cast<long>(ret) : 1;',
  },
];

/** @param {string} sourceDir */
export function adaptSource(sourceDir) {
  for (const change of SOURCE_CHANGES) {
    const path = join(sourceDir, change.file);
    writeFileSync(path, applyChange(readFileSync(path, 'utf8'), change));
  }
}

/**
 * Refuses to guess: after an update of mediasoup a change may have moved, or be no longer needed.
 * @param {string} text
 * @param {SourceChange} change
 */
export function applyChange(text, { file, why, from, to }) {
  if (text.includes(to)) return text;
  if (text.split(from).length !== 2) {
    throw new Failure(
      `${file} of this mediasoup version is not the one that the Debian build knows (${why})`,
      {
        mend: 'adapt scripts/lib/worker-source-changes.mjs',
      },
    );
  }
  return text.replace(from, () => to);
}
