import { join } from 'node:path';
import { runMain } from './lib/failure.mjs';
import { runOperatorCommand } from './stack/operator-command.ts';

/** Behind `npm run keys`: with the database, the secrets and the files of `npm start`, unless others are set. */
await runMain(() => runOperatorCommand(join('api', 'src', 'keys', 'main.ts'), process.argv.slice(2)));
