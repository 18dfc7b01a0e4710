import type { Areas, Location } from '@careconnect/contracts';

/** What somebody is kept to, as a list of names: whole locations first. */
export function areaNames({ departmentIds, locationIds }: Areas, locations: readonly Location[]): string[] {
  const whole = locations.filter(({ id }) => locationIds.includes(id)).map(({ name }) => name);
  const single = locations.flatMap((location) =>
    location.departments
      .filter(({ id }) => departmentIds.includes(id))
      .map((department) => `${department.name}, ${location.name}`),
  );
  return [...whole, ...single];
}
