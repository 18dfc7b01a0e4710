import type { QualityPoint } from '@careconnect/contracts';

/** A column of a table with a row for every point of a timeline. */
export interface PointColumn {
  readonly label: string;
  /** Null where nothing was measured. */
  readonly write: (point: QualityPoint) => string | null;
}

export function numberColumn(
  label: string,
  read: (point: QualityPoint) => number | null,
  write: (value: number) => string,
): PointColumn {
  return {
    label,
    write(point) {
      const value = read(point);
      return value === null ? null : write(value);
    },
  };
}
