import { expect, test } from 'vitest';
import { isOnlyPicture } from './still-parts.ts';
import { aJpeg, jpegPart } from './testing/a-note.ts';

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function pngPart(name: string, body = ''): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(name + body, 'latin1'), Buffer.alloc(4)]);
}

function aPng(...more: Buffer[]): Buffer {
  return Buffer.concat([
    PNG_SIGNATURE,
    pngPart('IHDR', 'x'.repeat(13)),
    ...more,
    pngPart('IDAT', 'abc'),
    pngPart('IEND'),
  ]);
}

function webpPart(name: string, body: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(name), length, Buffer.from(body), Buffer.alloc(body.length % 2)]);
}

function aWebp(...more: Buffer[]): Buffer {
  const parts = Buffer.concat([
    Buffer.from('WEBP'),
    webpPart('VP8X', 'x'.repeat(10)),
    webpPart('VP8 ', 'odd'),
    ...more,
  ]);
  const head = Buffer.from('RIFF\0\0\0\0');
  head.writeUInt32LE(parts.length, 4);
  return Buffer.concat([head, parts]);
}

test('a picture with its colours and nothing else may pass', () => {
  expect(isOnlyPicture('image/jpeg', aJpeg())).toBe(true);
  expect(isOnlyPicture('image/jpeg', aJpeg(jpegPart(0xe2, 'ICC_PROFILE\0\u0001\u0001 colours')))).toBe(true);
  expect(isOnlyPicture('image/png', aPng(pngPart('sRGB', 'x')))).toBe(true);
  expect(isOnlyPicture('image/webp', aWebp())).toBe(true);
});

test.each([
  ['Exif, with the place', aJpeg(jpegPart(0xe1, 'Exif\0\0'))],
  ['XMP', aJpeg(jpegPart(0xe1, 'http://ns.adobe.com/xap/1.0/\0'))],
  ['IPTC', aJpeg(jpegPart(0xed, 'Photoshop 3.0\0'))],
  ['a comment', aJpeg(jpegPart(0xfe, 'at home'))],
  ['several pictures in one', aJpeg(jpegPart(0xe2, 'MPF\0'))],
  ['something behind its end', Buffer.concat([aJpeg(), Buffer.from('a film')])],
  ['no end', aJpeg().subarray(0, -2)],
])('a JPEG with %s may not', (_what, file) => {
  expect(isOnlyPicture('image/jpeg', file)).toBe(false);
});

test.each([
  ['Exif', aPng(pngPart('eXIf', 'x'))],
  ['a text', aPng(pngPart('tEXt', 'Author\0Amina'))],
  ['a time', aPng(pngPart('tIME', 'x'.repeat(7)))],
  ['something behind its end', Buffer.concat([aPng(), Buffer.from('x')])],
  ['no end', aPng().subarray(0, -12)],
])('a PNG with %s may not', (_what, file) => {
  expect(isOnlyPicture('image/png', file)).toBe(false);
});

test.each([
  ['Exif', aWebp(webpPart('EXIF', 'x'))],
  ['XMP', aWebp(webpPart('XMP ', 'x'))],
  ['something behind its end', Buffer.concat([aWebp(), Buffer.from('xx')])],
  ['no end', aWebp().subarray(0, -2)],
])('a WebP with %s may not', (_what, file) => {
  expect(isOnlyPicture('image/webp', file)).toBe(false);
});
