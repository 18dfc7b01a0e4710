/** A colour as a screen shows it, 0 to 255 each. */
export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export interface FilmOptions {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly background: Rgb;
}

const SQUARE = 96;

/**
 * A YUV4MPEG2 film for Chromium's fake camera: a plain background that a test can recognise, and a
 * white square that wanders through the middle, so that no two frames are the same.
 */
export function makeY4m({ width, height, framesPerSecond, frames, background }: FilmOptions): Buffer {
  const header = `YUV4MPEG2 W${String(width)} H${String(height)} F${String(framesPerSecond)}:1 Ip A1:1 C420jpeg\n`;
  const { y, u, v } = toYuv(background);
  const parts: Buffer[] = [Buffer.from(header)];
  for (let frame = 0; frame < frames; frame += 1) {
    const luma = Buffer.alloc(width * height, y);
    const chroma = (width / 2) * (height / 2);
    const left = Math.floor(((width - SQUARE) * frame) / frames);
    const top = Math.floor((height - SQUARE) / 2);
    const [blueDifference, redDifference] = [Buffer.alloc(chroma, u), Buffer.alloc(chroma, v)];
    for (let row = top; row < top + SQUARE; row += 1) {
      luma.fill(235, row * width + left, row * width + left + SQUARE);
    }
    parts.push(Buffer.from('FRAME\n'), luma, blueDifference, redDifference);
  }
  return Buffer.concat(parts);
}

/** ITU-R BT.601, limited range. */
function toYuv({ red, green, blue }: Rgb): { y: number; u: number; v: number } {
  return {
    y: Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    u: Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    v: Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  };
}
