import type { Department, DividedOrganization, Location, PlacedDoctor } from '@careconnect/contracts';

/** What an administrator is about to do; null for one that is new. */
export type Division =
  | { readonly kind: 'location'; readonly location: Location | null }
  | { readonly kind: 'department'; readonly location: Location; readonly department: Department | null }
  | { readonly kind: 'removeLocation'; readonly location: Location }
  | { readonly kind: 'removeDepartment'; readonly location: Location; readonly department: Department };

/** A doctor who may be put into a department, and where they work now. */
export interface Placing extends PlacedDoctor {
  readonly department: string | null;
}

/** Everybody by name, wherever they work. */
export function placingsIn({ locations, withoutDepartment }: DividedOrganization): Placing[] {
  const placed = locations.flatMap(({ departments }) =>
    departments.flatMap(({ name: department, doctors }) => doctors.map((one) => ({ ...one, department }))),
  );
  const placeless = withoutDepartment.map((one) => ({ ...one, department: null }));
  return [...placed, ...placeless].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Whether another one there is called so. */
export function isTaken(
  name: string,
  others: readonly { readonly id: string; readonly name: string }[],
  own: { readonly id: string } | null,
): boolean {
  return others.some((other) => other.id !== own?.id && other.name === name.trim());
}
