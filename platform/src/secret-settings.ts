import { readFileSync } from 'node:fs';

/** Settings that nobody but their processes may know. Each can be a file as well: `SERVICE_SECRET_FILE`. */
export const SECRET_SETTINGS = [
  'ACCESS_TOKEN_SECRET',
  'DATABASE_URL',
  'FIELD_ENCRYPTION_KEY',
  'JOIN_TICKET_SECRET',
  'REDIS_URL',
  'SERVICE_SECRET',
  'SMS_TOKEN',
  'SMTP_URL',
  'TURN_SECRET',
] as const;

type Settings = Readonly<Record<string, string>>;

export interface FromFiles {
  readonly settings: Settings;
  /** What is wrong, a line each, which names settings and files and none of what they hold. */
  readonly problems: readonly string[];
}

/** Takes secrets from the files that are named for them, as Docker and Kubernetes mount them. */
export function takeFromFiles(given: Settings, known: readonly string[]): FromFiles {
  const problems: string[] = [];
  const found = SECRET_SETTINGS.filter((name) => known.includes(name)).flatMap((name) => {
    const file = given[`${name}_FILE`];
    if (file === undefined) return [];
    if (given[name] !== undefined) problems.push(`${name}, ${name}_FILE: only one of them may be set`);
    try {
      // Editors and `echo` end a file with a line break, which is no part of a secret.
      const value = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      if (value === '') problems.push(`${name}_FILE: the file is empty`);
      return [[name, value] as const];
    } catch {
      problems.push(`${name}_FILE: the file cannot be read`);
      return [];
    }
  });
  return { settings: { ...given, ...Object.fromEntries(found) }, problems };
}

/** Fewer different characters than even a short random text has. */
const MIN_DIFFERENT = 10;
/** What examples hold until somebody replaces it; words so long that no random text has one. */
const EXAMPLE = /change.?me|example|placeholder|password|secret/i;
/** Only their passwords are secret. */
const ADDRESSES = new Set<string>(['DATABASE_URL', 'REDIS_URL', 'SMTP_URL']);

/** Secrets that anybody could guess, a line each. In production also those that were copied from an example. */
export function findWeakSecrets(settings: Settings, isProduction: boolean): string[] {
  return SECRET_SETTINGS.flatMap((name) => {
    const value = settings[name];
    if (value === undefined) return [];
    const secret = ADDRESSES.has(name) ? passwordOf(value) : value;
    if (!ADDRESSES.has(name) && new Set(secret).size < MIN_DIFFERENT)
      return [`${name}: is too easy to guess: openssl rand -base64 32 makes a good one`];
    if (isProduction && EXAMPLE.test(secret)) return [`${name}: is from an example, or reads like one`];
    return [];
  });
}

function passwordOf(address: string): string {
  return URL.canParse(address) ? new URL(address).password : '';
}
