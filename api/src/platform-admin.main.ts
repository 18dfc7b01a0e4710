import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Email, INVITATION_TTL_DAYS, PersonName } from '@careconnect/contracts';
import { createOwnersDatabase } from '@careconnect/prisma';
import { invitationLink } from './features/invitations/invitation-mail.ts';
import { createPlatformSetup } from './features/organizations/platform-setup.repository.ts';

const USAGE = `npm run platform:admin -- E-MAIL [--name NAME]

Invites somebody to run the platform: to make organizations, suspend them and open them again. It prints a link that works
once, for ${INVITATION_TTL_DAYS} days; hand it to them in person. They need an address that no account of a clinic has, and
set up a second factor before anything is open to them. Those who run the platform invite others on their own pages.

  DATABASE_URL    the database; that of npm start unless told
  PUBLIC_ORIGIN   the address that people type; http://localhost:8080 unless told, beside npm start`;

async function main(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = { name: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [address, ...rest] = positionals;
  if (values.help || address === undefined || rest.length > 0) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 1;
  }
  const email = Email.safeParse(address).data ?? refuse(`"${address}" is no e-mail address.`);
  const name = PersonName.safeParse(values.name ?? email).data ?? refuse('This is no name.');
  const url = env['DATABASE_URL'] ?? refuse('Set DATABASE_URL to the database of the platform.');
  const origin = env['PUBLIC_ORIGIN'] ?? refuse('Set PUBLIC_ORIGIN to the address that people type.');
  const database = createOwnersDatabase({ url, poolSize: 1 });
  try {
    const setup = createPlatformSetup(database);
    const token = await setup.invite({ email, name, requestId: randomUUID(), at: new Date() });
    process.stdout.write(
      `${email} can run the platform, once they have opened this link. It works once, for ${INVITATION_TTL_DAYS} days:\n\n  ${invitationLink(new URL(origin).origin, token)}\n\n`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

function refuse(sentence: string): never {
  throw new Error(sentence);
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
