import { randomBytes } from 'node:crypto';

const HEADER_BYTES = 54;
const EDGE = 1_024;

/** A picture (BMP, 24 bit) that no encoder makes small, so that sending it takes many requests. */
export function noisePicture(): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('BM');
  header.writeUInt32LE(HEADER_BYTES + EDGE * EDGE * 3, 2);
  header.writeUInt32LE(HEADER_BYTES, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(EDGE, 18);
  header.writeInt32LE(EDGE, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return Buffer.concat([header, randomBytes(EDGE * EDGE * 3)]);
}
