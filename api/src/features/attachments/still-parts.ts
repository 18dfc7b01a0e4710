import type { AttachmentType } from '@careconnect/contracts';

/**
 * The parts that a still may have: those that a picture is drawn from, and how its colours are meant. Where it
 * was taken, by whom, with what and a smaller picture from before it was cut are in others (Exif, XMP, IPTC,
 * texts), so that whatever is not known here is refused.
 */
const JPEG_START_OF_SCAN = 0xda;
const JPEG_END = 0xd9;
/** ITU-T T.81, table B.1: frames (except DHT C4, JPG C8 and DAC CC, which are named), tables, scans, restarts. */
const JPEG_PARTS: ReadonlySet<number> = new Set([
  ...[0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf],
  ...[JPEG_START_OF_SCAN, 0xdb, 0xdc, 0xdd],
]);
/** APP0 JFIF, APP2 ICC profile, APP14 Adobe (which colour transform): by number and by the name they begin with. */
const JPEG_NAMED_PARTS: ReadonlyMap<number, string> = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
]);

/** PNG third edition, section 11. */
const PNG_PARTS: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs'.split(' '),
);
const PNG_SIGNATURE_BYTES = 8;

/** RFC 9649, section 2. */
const WEBP_PARTS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP']);
const WEBP_HEADER_BYTES = 12;

type StillType = Extract<AttachmentType, `image/${string}`>;

/** True when the still holds its picture and nothing else, from its first byte to its last. */
export function isOnlyPicture(type: StillType, file: Buffer): boolean {
  try {
    return CHECKS[type](file);
  } catch (error) {
    // It ends in the middle of a part.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const CHECKS: Readonly<Record<StillType, (file: Buffer) => boolean>> = {
  'image/jpeg': isOnlyJpeg,
  'image/png': isOnlyPng,
  'image/webp': isOnlyWebp,
};

function isOnlyJpeg(file: Buffer): boolean {
  let at = 2;
  for (;;) {
    if (file.readUInt8(at) !== 0xff) return false;
    const part = file.readUInt8(at + 1);
    if (part === JPEG_END) return at + 2 === file.length;
    const bodyAt = at + 4;
    if (!JPEG_PARTS.has(part) && !isNamed(part, file, bodyAt)) return false;
    at += 2 + file.readUInt16BE(at + 2);
    if (part === JPEG_START_OF_SCAN) at = endOfScan(file, at);
  }
}

function isNamed(part: number, file: Buffer, at: number): boolean {
  const name = JPEG_NAMED_PARTS.get(part);
  return name !== undefined && file.toString('latin1', at, at + name.length) === name;
}

/** Past the coded picture: in it, 0xff is followed by 0 or by one of the restarts D0 to D7. */
function endOfScan(file: Buffer, from: number): number {
  let at = file.indexOf(0xff, from);
  while (at !== -1) {
    const next = file.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at = file.indexOf(0xff, at + 2);
  }
  throw new RangeError('the picture has no end');
}

function isOnlyPng(file: Buffer): boolean {
  let at = PNG_SIGNATURE_BYTES;
  for (;;) {
    const part = file.toString('latin1', at + 4, at + 8);
    if (!PNG_PARTS.has(part)) return false;
    at += 12 + file.readUInt32BE(at);
    if (part === 'IEND') return at === file.length;
  }
}

function isOnlyWebp(file: Buffer): boolean {
  if (file.readUInt32LE(4) + 8 !== file.length) return false;
  let at = WEBP_HEADER_BYTES;
  while (at < file.length) {
    if (!WEBP_PARTS.has(file.toString('latin1', at, at + 4))) return false;
    const length = file.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return at === file.length;
}
