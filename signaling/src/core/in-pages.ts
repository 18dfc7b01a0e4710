/** The items in their order, at most `size` of them together. */
export function inPages<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_none, page) => items.slice(page * size, (page + 1) * size));
}
