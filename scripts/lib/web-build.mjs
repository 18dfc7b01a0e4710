import { join } from 'node:path';
import { run } from './command.mjs';
import { lockHash } from './dependencies.mjs';
import { Failure } from './failure.mjs';
import { logFile, ROOT, sha256 } from './places.mjs';
import { step } from './progress.mjs';
import { contentHash, isCurrent, whenChanged } from './stamp.mjs';

const WORKSPACE = join(ROOT, 'web');
/** What the build reads. The front door (web/server) runs as it is; tests run on what was built. */
const SOURCES = [
  'src',
  'static',
  'messages',
  'project.inlang/settings.json',
  'message-options.ts',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
];

/** The web app, built from what is in the folder now. */
export async function ensureWebBuild() {
  const subject = webSubject();
  if (isCurrent(subject)) return;
  await step('Building the web app', (report) =>
    whenChanged(subject, async () => {
      try {
        await run('npm', ['run', '-w', 'web', 'build'], { log: 'web-build', onLine: reportModules(report) });
      } catch (cause) {
        throw new Failure('The web app could not be built.', {
          mend: 'correct the file that the log names',
          log: logFile('web-build'),
          cause,
        });
      }
    }),
  );
}

export function webSubject() {
  const sources = [...SOURCES.map((name) => join(WORKSPACE, name)), join(ROOT, 'contracts', 'src')];
  return {
    name: 'web-build',
    hash: sha256(contentHash(sources) + lockHash()),
    output: join(WORKSPACE, 'build'),
  };
}

/** @param {(progress: string) => void} report */
function reportModules(report) {
  /** @param {string} line */
  return (line) => {
    const progress = /transforming|\d+ modules transformed|rendering chunks/.exec(line)?.[0];
    if (progress) report(`(${progress})`);
  };
}
