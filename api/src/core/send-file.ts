import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unlessGone } from './unless-gone.ts';
import type { FileContent } from '@careconnect/contracts';
import type { Request, Response } from 'express';

/**
 * Answers with a file, or with the part of it that a player has asked for (RFC 9110, one range). Whatever is in
 * it, a browser that opens it by its address runs nothing and takes it for nothing else.
 */
export async function sendFile(request: Request, response: Response, file: FileContent): Promise<void> {
  const { sizeBytes } = file;
  const part = partOf(request, sizeBytes);
  response.setHeader('accept-ranges', 'bytes');
  if (part === null) {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  const { start, end, isWhole } = part;
  response.writeHead(isWhole ? 200 : 206, {
    'content-type': file.mediaType,
    'content-length': end - start + 1,
    'content-disposition': `inline; filename="${file.name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    ...(isWhole ? {} : { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }),
  });
  await pipeline(Readable.from(file.read(start, end)), response).catch(unlessGone);
}

/** Null for a part that lies outside the file. Several parts at once are answered with the whole. */
function partOf(request: Request, sizeBytes: number) {
  const whole = { start: 0, end: sizeBytes - 1, isWhole: true };
  const ranges = request.range(sizeBytes, { combine: true });
  if (ranges === -1) return null;
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes') return whole;
  const [range, ...others] = ranges;
  return range && others.length === 0 ? { ...range, isWhole: false } : whole;
}
