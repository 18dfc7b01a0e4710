/** A corner of the stage, in reading direction. */
export interface Corner {
  readonly block: 'start' | 'end';
  readonly inline: 'start' | 'end';
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The corner nearest to a point of a box of the given size; in right-to-left pages start is right. */
export function nearestCorner(
  point: Point,
  box: { readonly width: number; readonly height: number },
  isRightToLeft: boolean,
): Corner {
  const isLeft = point.x < box.width / 2;
  return {
    block: point.y < box.height / 2 ? 'start' : 'end',
    inline: isLeft !== isRightToLeft ? 'start' : 'end',
  };
}

/** Where an arrow key moves it; the same corner for any other key. */
export function cornerByKey(corner: Corner, key: string, isRightToLeft: boolean): Corner {
  switch (key) {
    case 'ArrowUp':
      return { ...corner, block: 'start' };
    case 'ArrowDown':
      return { ...corner, block: 'end' };
    case 'ArrowLeft':
      return { ...corner, inline: isRightToLeft ? 'end' : 'start' };
    case 'ArrowRight':
      return { ...corner, inline: isRightToLeft ? 'start' : 'end' };
    default:
      return corner;
  }
}
