/**
 * Group commit: while one write is under way, whoever else wants to write waits for it and then shares the
 * next. A quiet server writes each item at once; a busy one pays for one commit where it would have paid
 * for many. Nobody is told "written" before their own item is; when a write fails, all in it are told.
 */
export function createGroupedWriter<Item>(
  writeAll: (items: readonly Item[]) => Promise<unknown>,
  maxItems: number,
): (item: Item) => Promise<void> {
  const waiting: { item: Item; written: PromiseWithResolvers<void> }[] = [];
  let isWriting = false;

  async function drain(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, maxItems);
      try {
        await writeAll(group.map(({ item }) => item));
        for (const { written } of group) written.resolve();
      } catch (error) {
        for (const { written } of group) written.reject(error);
      }
    }
    isWriting = false;
  }

  return (item) => {
    const written = Promise.withResolvers<void>();
    waiting.push({ item, written });
    if (!isWriting) void drain();
    return written.promise;
  };
}
