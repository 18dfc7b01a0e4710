import { join } from 'node:path';
import { run } from './command.mjs';
import { lockHash } from './dependencies.mjs';
import { Failure } from './failure.mjs';
import { logFile, ROOT, sha256 } from './places.mjs';
import { step } from './progress.mjs';
import { contentHash, isCurrent, whenChanged } from './stamp.mjs';

const WORKSPACE = join(ROOT, 'prisma');

export async function ensurePrismaClient() {
  const subject = prismaSubject();
  if (isCurrent(subject)) return;
  await step('Generating the database client', () =>
    whenChanged(subject, async () => {
      try {
        await run('npm', ['run', '-w', 'prisma', 'generate'], {
          log: 'prisma-client',
          // The engine is a download that neither the generator nor the client needs.
          env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' },
        });
      } catch (cause) {
        throw new Failure('The database client could not be generated from prisma/schema.', {
          mend: 'correct the schema that the log names',
          log: logFile('prisma-client'),
          cause,
        });
      }
    }),
  );
}

export function prismaSubject() {
  const sources = [
    join(WORKSPACE, 'schema'),
    join(WORKSPACE, 'prisma.config.ts'),
    join(WORKSPACE, 'package.json'),
  ];
  return {
    name: 'prisma-client',
    hash: sha256(contentHash(sources) + lockHash()),
    output: join(WORKSPACE, 'src', 'generated'),
  };
}
