/** A row as it is in the table now: its id, and the mark of its digest in hexadecimal. */
export interface MarkedRow {
  readonly id: string;
  readonly mark: string;
}

/** What is not as it was sealed; `after` is the row before it that is as it was. */
export type RowFault =
  | { readonly kind: 'row-changed'; readonly rowId: string }
  | { readonly kind: 'row-inserted'; readonly rowId: string }
  | { readonly kind: 'row-missing'; readonly after: string | null };

/**
 * Tells which rows of a seal are not as they were sealed. Rows that are as they were keep their order, so what stands
 * between two of them is held against the marks between theirs.
 * @param rows - in order of id
 * @param marks - as they were sealed, in order of id
 */
export function compareRows(rows: readonly MarkedRow[], marks: readonly string[]): RowFault[] {
  const placeOf = new Map(marks.map((mark, place) => [mark, place]));
  const faults: RowFault[] = [];
  let strangers: string[] = [];
  let nextPlace = 0;
  let after: string | null = null;

  function close(place: number): void {
    const gone = place - nextPlace;
    strangers.forEach((rowId, index) =>
      faults.push({ kind: index < gone ? 'row-changed' : 'row-inserted', rowId }),
    );
    for (let missing = strangers.length; missing < gone; missing += 1)
      faults.push({ kind: 'row-missing', after });
    strangers = [];
  }

  for (const { id, mark } of rows) {
    const place = placeOf.get(mark);
    if (place === undefined || place < nextPlace) {
      strangers.push(id);
      continue;
    }
    close(place);
    nextPlace = place + 1;
    after = id;
  }
  close(marks.length);
  return faults;
}
