/** SQLSTATE classes 08 (connection) and 57P (shutdown), and what the driver and Node say without a server. */
const AWAY =
  /^(08\w{3}|57P0[1-3]|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|P1001|P1002|P1008|P1017|P2024)$/;
const AWAY_MESSAGE = /timeout exceeded when trying to connect|Connection terminated/;

/** SQLSTATE classes 22 (what a value is) and 23 (what a row may be). */
const REFUSED_VALUE = /^2[23]\w{3}$/;

/** True when PostgreSQL refused what it was given to store: to ask again would be to hear the same again. */
export function isValueRefused(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && REFUSED_VALUE.test(code);
}

/** True when the database did not answer, as opposed to having refused a statement. */
export function isDatabaseAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if ((typeof code === 'string' && AWAY.test(code)) || AWAY_MESSAGE.test(current.message)) return true;
  }
  return false;
}
