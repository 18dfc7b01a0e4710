/** One page of a list, as every list of the contract answers. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface AllPagesOptions<T> {
  readonly load: (cursor: string | undefined) => Promise<ListPage<T>>;
  /** Stops there; the last page may go a little over. */
  readonly atMost: number;
  readonly onProgress?: (loaded: number) => void;
}

/** Follows a list to its end, page by page. */
export async function loadAllPages<T>({ load, atMost, onProgress }: AllPagesOptions<T>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    items.push(...page.items);
    onProgress?.(items.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < atMost);
  return items;
}
