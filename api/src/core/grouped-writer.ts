/**
 * Group commit: while one write is under way, whoever else wants to write waits for it and then shares the
 * next. A quiet server writes each item at once; a busy one pays for one commit where it would have paid
 * for many. Nobody is told "written" before their own item is. When one item spoils the group, all in it are
 * written one by one, so that it takes no other with it.
 */
export function createGroupedWriter<Item>({
  writeAll,
  maxItems,
  isOneToBlame,
}: GroupedWriterOptions<Item>): (item: Item) => Promise<void> {
  const waiting: Waiting<Item>[] = [];
  let isWriting = false;

  async function write(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await writeAll(group.map(({ item }) => item));
      for (const { written } of group) written.resolve();
    } catch (error) {
      if (group.length > 1 && isOneToBlame(error)) {
        for (const one of group) await write([one]);
      } else {
        for (const { written } of group) written.reject(error);
      }
    }
  }

  async function drain(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) await write(waiting.splice(0, maxItems));
    isWriting = false;
  }

  return (item) => {
    const written = Promise.withResolvers<void>();
    waiting.push({ item, written });
    if (!isWriting) void drain();
    return written.promise;
  };
}

export interface GroupedWriterOptions<Item> {
  /** Stores all of what it is given, or none of it. */
  readonly writeAll: (items: readonly Item[]) => Promise<unknown>;
  readonly maxItems: number;
  /** Whether a write failed over something that it held. A database that is away would fail each of them again. */
  readonly isOneToBlame: (error: unknown) => boolean;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly written: PromiseWithResolvers<void>;
}
