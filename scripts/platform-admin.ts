import { join } from 'node:path';
import { runMain } from './lib/failure.mjs';
import { runOperatorCommand } from './stack/operator-command.ts';

/** Behind `npm run platform:admin`: in the database of `npm start`, unless another is set. */
await runMain(() => runOperatorCommand(join('api', 'src', 'platform-admin.main.ts'), process.argv.slice(2)));
