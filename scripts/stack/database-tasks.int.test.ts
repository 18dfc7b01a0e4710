import { expect, inject, test } from 'vitest';
import { migrate } from './database-tasks.ts';

test('a database that is not there is said on the terminal, with its mend', async () => {
  const missing = Object.assign(new URL(inject('postgresUrl')), { pathname: '/nodb' }).href;
  await expect(migrate(missing)).rejects.toMatchObject({
    message: 'The database "nodb" does not exist.',
    mend: 'createdb nodb',
  });
});
