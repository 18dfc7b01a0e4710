import { expect, test } from 'vitest';
import { readWav } from './wav.ts';

function wav(parts: readonly (readonly [string, Buffer])[]): Buffer {
  const chunks = parts.map(([name, content]) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content]);
  });
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), ...chunks]);
}

function format(channels: number): Buffer {
  const content = Buffer.alloc(16);
  content.writeUInt16LE(1, 0);
  content.writeUInt16LE(channels, 2);
  content.writeUInt32LE(22_050, 4);
  content.writeUInt16LE(16, 14);
  return content;
}

const data = Buffer.from([0x00, 0x40, 0x00, 0x80]);

test('reads samples and their rate past what else a file holds', () => {
  const bytes = wav([
    ['fmt ', format(1)],
    ['LIST', Buffer.from('notes!')],
    ['data', data],
  ]);
  expect(readWav(bytes)).toEqual({ hertz: 22_050, samples: Float64Array.of(0.5, -1) });
});

test.each([
  [
    'two channels',
    wav([
      ['fmt ', format(2)],
      ['data', data],
    ]),
  ],
  ['no samples', wav([['fmt ', format(1)]])],
])('refuses a file of %s', (_what, bytes) => {
  expect(() => readWav(bytes)).toThrow('WAV');
});
