import { z } from 'zod';

/** An instant in UTC, ISO 8601 with `Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/** A calendar date without a zone, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date().refine(isInReach, 'is not between the years 1900 and 2199');
export type CalendarDate = z.infer<typeof CalendarDate>;

/** PostgreSQL has no year 0, and nobody here has an appointment in the Middle Ages. */
function isInReach(date: string): boolean {
  return date >= '1900' && date < '2200';
}

/** A wall time, `HH:MM`. It means something only beside a {@link TimeZone}. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** An IANA zone name such as `Asia/Karachi`. */
export const TimeZone = z.string().min(1).max(64).refine(isTimeZone, 'is not a time zone this server knows');
export type TimeZone = z.infer<typeof TimeZone>;

/**
 * Every answer with a zone in it is checked, and to try a name costs some 30 µs. The list has one name for each
 * zone; older names, and `UTC`, are good as well.
 */
const LISTED_TIME_ZONES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));

function isTimeZone(name: string): boolean {
  if (LISTED_TIME_ZONES.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * C0, DEL and C1, but for line feed and tab. Among them is U+0000, which PostgreSQL does not store; the others
 * are commands to a terminal or a printer that later shows the text.
 */
const CONTROLS_IN_TEXT = /[^\P{Cc}\n\t]/gu;

function isWellFormed(value: string): boolean {
  return value.isWellFormed();
}

function withPlainLineBreaks(value: string): string {
  return value.replaceAll('\r\n', '\n');
}

/** One line a person typed: trimmed, not empty, no control characters. */
export function line(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((value) => !/\p{Cc}/u.test(value), 'has a line break, a tab or another control character')
    .refine(isWellFormed, 'has half a character, which is not valid text');
}

/** Free text a person typed: trimmed, not empty, with line breaks and tabs but no other control characters. */
export function text(maxLength: number) {
  return z
    .string()
    .overwrite(withPlainLineBreaks)
    .trim()
    .min(1)
    .max(maxLength)
    .refine(
      (value) => value.search(CONTROLS_IN_TEXT) === -1,
      'has a control character other than a line break or a tab',
    )
    .refine(isWellFormed, 'has half a character, which is not valid text');
}

/**
 * What {@link text} takes of something typed or pasted. Some programs leave control characters on the
 * clipboard, and nobody could see them to remove them.
 */
export function withoutControls(typed: string): string {
  return withPlainLineBreaks(typed.toWellFormed()).replaceAll(CONTROLS_IN_TEXT, '');
}

/**
 * What reads instead of a stored text that was damaged or tampered with. A sentence and not a gap, so that no
 * client can take "what is noted cannot be read" for "nothing is noted".
 */
export const UNREADABLE_TEXT =
  '[This text was damaged where it is stored and cannot be read. Please ask for it again, and report it.]';

export const Email = z.string().trim().toLowerCase().max(254).check(z.email());

/** The languages of our pages, and of what we send. */
export const Language = z.enum(['en', 'ur']);
export type Language = z.infer<typeof Language>;

/** Part of a link, such as a doctor's walk-in address. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);

export const NoBody = z.undefined();
export const NoParams = z.strictObject({});
export const NoQuery = z.strictObject({});
export const NoContent = z.undefined();

/** Page of a list. `cursor` is opaque: pass back what the last page gave. */
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(200).optional(),
};

export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
