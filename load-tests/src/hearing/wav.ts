/** Sound of one channel. */
export interface Sound {
  readonly hertz: number;
  /** From -1 to 1. */
  readonly samples: Float64Array;
}

const FULL_SCALE = 0x8000;

/** @param bytes - a WAV file of 16 bits and one channel, as a speech synthesizer writes it */
export function readWav(bytes: Buffer): Sound {
  const format = chunk(bytes, 'fmt ');
  if (format.readUInt16LE(2) !== 1 || format.readUInt16LE(14) !== 16)
    throw new Error('Only WAV files of one channel and 16 bits can be read.');
  return { hertz: format.readUInt32LE(4), samples: toSamples(chunk(bytes, 'data')) };
}

/** @param bytes - 16 bits each, the lower byte first */
export function toSamples(bytes: Buffer): Float64Array {
  return Float64Array.from(
    { length: bytes.length >> 1 },
    (_, index) => bytes.readInt16LE(2 * index) / FULL_SCALE,
  );
}

function chunk(bytes: Buffer, wanted: string): Buffer {
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === wanted) return bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  throw new Error(`The WAV file has no part "${wanted}".`);
}
