/** Enough to see a rash or a label, and a few hundred kB: a picture of a phone has ten times as many. */
const LONGEST_EDGE = 2_048;
const QUALITY = 0.85;

export interface Still {
  readonly mediaType: 'image/jpeg';
  readonly bytes: ArrayBuffer;
}

/** Draws a picture anew, upright and smaller. Where and with what it was taken stays behind. @throws when it is none */
export async function stillOfFile(file: Blob): Promise<Still> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    return await draw(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

/** What a running camera sees now. */
export async function stillOfTrack(track: MediaStreamTrack): Promise<Still> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    return await draw(video, video.videoWidth, video.videoHeight);
  } finally {
    video.srcObject = null;
  }
}

async function draw(picture: CanvasImageSource, width: number, height: number): Promise<Still> {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!drawn) throw new Error('the picture cannot be drawn');
  return { mediaType: 'image/jpeg', bytes: await drawn.arrayBuffer() };
}
