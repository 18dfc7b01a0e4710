/** Columns of the picture grid on a wide and on a narrow screen, for 1 to 12 people. */
export function gridColumns(tiles: number): { readonly wide: number; readonly narrow: number } {
  if (tiles <= 1) return { wide: 1, narrow: 1 };
  if (tiles === 2) return { wide: 2, narrow: 1 };
  if (tiles <= 4) return { wide: 2, narrow: 2 };
  if (tiles <= 9) return { wide: 3, narrow: 2 };
  return { wide: 4, narrow: 3 };
}

/** So many others are needed for one of them to be large: beside one other both are. */
export const LARGE_FROM = 3;

/** From so many others on, a tile on a phone has room for a name and little else. */
export const SMALL_FROM = 5;

/** Columns where the first tile takes the place of four, for {@link LARGE_FROM} to 12 people. */
export function largeFirstColumns(tiles: number): { readonly wide: number; readonly narrow: number } {
  if (tiles <= 3) return { wide: 3, narrow: 2 };
  if (tiles <= 9) return { wide: 4, narrow: 3 };
  return { wide: 5, narrow: 3 };
}
