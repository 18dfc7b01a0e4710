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

export interface AllPages<T> {
  readonly items: readonly T[];
  /** The list goes on; whoever shows it says so. */
  readonly isCutOff: boolean;
}

/** Follows a list to its end, page by page. */
export async function loadAllPages<T>({
  load,
  atMost,
  onProgress,
}: AllPagesOptions<T>): Promise<AllPages<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    items.push(...page.items);
    onProgress?.(items.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < atMost);
  return { items, isCutOff: cursor !== undefined };
}

export interface NextPageOptions<T> {
  readonly load: (cursor: string) => Promise<ListPage<T>>;
  readonly cursor: string;
  readonly isShown: (item: T) => boolean;
}

/** Goes on until a page has something to show, so that whoever asks for more sees more. */
export async function loadNextPage<T>({ load, cursor, isShown }: NextPageOptions<T>): Promise<ListPage<T>> {
  const items: T[] = [];
  let next: string | null = cursor;
  while (next !== null && !items.some(isShown)) {
    const page: ListPage<T> = await load(next);
    items.push(...page.items);
    next = page.nextCursor;
  }
  return { items, nextCursor: next };
}
