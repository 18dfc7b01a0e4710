import { describe, expect, it } from 'vitest';
import { cornerByKey, nearestCorner } from './corner.ts';

const box = { width: 400, height: 300 };

describe('nearestCorner', () => {
  it('finds the corner under the finger', () => {
    expect(nearestCorner({ x: 10, y: 10 }, box, false)).toEqual({ block: 'start', inline: 'start' });
    expect(nearestCorner({ x: 390, y: 290 }, box, false)).toEqual({ block: 'end', inline: 'end' });
  });

  it('mirrors in a page that is read from the right', () => {
    expect(nearestCorner({ x: 10, y: 10 }, box, true)).toEqual({ block: 'start', inline: 'end' });
  });
});

describe('cornerByKey', () => {
  const corner = { block: 'end', inline: 'end' } as const;

  it('follows the arrows as they look', () => {
    expect(cornerByKey(corner, 'ArrowLeft', false)).toEqual({ block: 'end', inline: 'start' });
    expect(cornerByKey(corner, 'ArrowRight', true)).toEqual({ block: 'end', inline: 'start' });
    expect(cornerByKey(corner, 'ArrowUp', false)).toEqual({ block: 'start', inline: 'end' });
  });

  it('stays for other keys', () => {
    expect(cornerByKey(corner, 'Tab', false)).toBe(corner);
  });
});
