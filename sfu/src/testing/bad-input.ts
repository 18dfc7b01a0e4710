/** A copy with one leaf, or one whole branch, replaced. */
export function spoil(payload: object, where: number, value: unknown): unknown {
  const copy: unknown = structuredClone(payload);
  const places: (() => void)[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push(() => Object.assign(node, { [key]: value }));
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  places[where % places.length]?.();
  return copy;
}
