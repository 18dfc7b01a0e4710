import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@inlang/paraglide-js';
import { messageOptions } from './message-options.ts';

const here = import.meta.dirname;

/** Sources are older than what was made of them: several checks that start together then leave it alone. */
function isCurrent(): boolean {
  const made = statSync(join(here, messageOptions.outdir, 'messages.js'), { throwIfNoEntry: false });
  if (made === undefined) return false;
  const messages = readdirSync(join(here, 'messages')).map((name) => join(here, 'messages', name));
  const sources = [
    ...messages,
    join(here, 'project.inlang', 'settings.json'),
    join(here, 'message-options.ts'),
  ];
  return sources.every((source) => statSync(source).mtimeMs <= made.mtimeMs);
}

if (!isCurrent()) await compile(messageOptions);
