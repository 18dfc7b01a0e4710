import { z } from 'zod';

const Exception = z.strictObject({ package: z.string(), reason: z.string().min(10), until: z.iso.date() });
/** What we know of and accept, until a day on which somebody looks again. */
export const Exceptions = z.strictObject({
  licences: z.array(Exception),
  advisories: z.array(Exception.extend({ advisory: z.string() })),
});
export type Exceptions = z.infer<typeof Exceptions>;

const Locked = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().default(false),
      dev: z.boolean().default(false),
      license: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
    }),
  ),
});

/** Whoever hands on what they cover has to name them, and nothing more. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Of fonts.
  'OFL-1.1',
  'Unlicense',
]);
/** The one place that packages come from; a lock without addresses leaves it to npm, which asks there too. */
const REGISTRY = 'https://registry.npmjs.org/';

/** What is wrong with the lock of our packages, a line each. `today` is an ISO date. */
export function findLockProblems(lock: unknown, { licences }: Exceptions, today: string): string[] {
  const accepted = new Set(licences.filter(({ until }) => until >= today).map((one) => one.package));
  return Object.entries(Locked.parse(lock).packages).flatMap(([path, locked]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    if (!path.includes('node_modules/') || locked.link) return [];
    const problems: string[] = [];
    if (!locked.integrity?.startsWith('sha512-')) problems.push(`${name}: has no checksum (SHA-512)`);
    if (locked.resolved !== undefined && !locked.resolved.startsWith(REGISTRY))
      problems.push(`${name}: comes from elsewhere than ${REGISTRY}`);
    if (!locked.dev && !isPermissive(locked.license) && !isAccepted(name, accepted))
      problems.push(`${name}: its licence is ${locked.license ?? 'not named'}, which is not among ours`);
    return problems;
  });
}

function isPermissive(licence: string | undefined): boolean {
  return (licence ?? '')
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => PERMISSIVE.has(one));
}

/** `lightningcss` stands for its builds for each system too, such as `lightningcss-linux-x64-gnu`. */
function isAccepted(name: string, accepted: ReadonlySet<string>): boolean {
  return [...accepted].some((one) => name === one || name.startsWith(`${one}-`));
}

const Audit = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      via: z.array(
        z.union([z.string(), z.object({ url: z.string(), title: z.string(), severity: z.string() })]),
      ),
    }),
  ),
});

/** High and critical advisories that nobody has accepted, a line each; null when the registry was not heard. */
export function findAdvisories(audit: unknown, { advisories }: Exceptions, today: string): string[] | null {
  const heard = Audit.safeParse(audit);
  if (!heard.success) return null;
  const accepted = advisories.filter(({ until }) => until >= today);
  const found = Object.entries(heard.data.vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((one) => {
      if (typeof one === 'string' || !['high', 'critical'].includes(one.severity)) return [];
      if (accepted.some((known) => known.package === name && one.url.endsWith(known.advisory))) return [];
      return [`${name}: ${one.title} (${one.url})`];
    }),
  );
  return [...new Set(found)];
}
