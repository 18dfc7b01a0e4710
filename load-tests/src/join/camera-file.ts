import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface Film extends PictureSize {
  readonly framesPerSecond?: number;
}

/** What two cores that carry everything can draw of a large picture. */
const FRAMES_PER_SECOND = 20;
const FRAMES = 40;
const BLOCK = 48;
const GRAIN = 2;

/**
 * Writes a YUV4MPEG2 film for Chromium's fake camera: a textured background with a block wandering over it,
 * so that keyframes have the weight of a real picture and the frames between them something to tell.
 */
export async function writeCameraFile(path: string, film: Film): Promise<void> {
  const { width, height, framesPerSecond = FRAMES_PER_SECOND } = film;
  const file = createWriteStream(path);
  file.write(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  const background = texture(film);
  const chroma = Buffer.alloc((width / 2) * (height / 2) * 2, 120);
  for (let frame = 0; frame < FRAMES; frame++) {
    const luma = Buffer.from(background);
    const left = Math.floor(((width - BLOCK) * frame) / FRAMES);
    const top = Math.floor((height - BLOCK) / 2);
    for (let row = top; row < top + BLOCK; row++)
      luma.fill(220, row * width + left, row * width + left + BLOCK);
    file.write('FRAME\n');
    file.write(luma);
    file.write(chroma);
  }
  file.end();
  await once(file, 'close');
}

/**
 * A slope from dark to light with a fixed grain, the same on every run. Much more than the ±2 of a decent
 * sensor would make the frame after each keyframe twenty times its size, and measure the sender's pacer.
 */
function texture({ width, height }: PictureSize): Buffer {
  const luma = Buffer.alloc(width * height);
  let seed = 1;
  for (let index = 0; index < luma.length; index++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const column = index % width;
    luma[index] = 60 + Math.round((100 * column) / width) + ((seed >>> 24) % (2 * GRAIN + 1)) - GRAIN;
  }
  return luma;
}
