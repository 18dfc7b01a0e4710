import type { EndpointContract } from '@careconnect/contracts';

interface Written {
  readonly contract: EndpointContract;
  readonly text: string;
}

/** By answer, for as long as somebody still has it. */
const written = new WeakMap<object, Written>();

/**
 * An answer as JSON, checked against its contract. One that several callers share is checked and written out
 * once, so whoever gives an answer away does not change it any more.
 * @throws {Error} for an answer against its contract
 */
export function answerText(contract: EndpointContract, answer: unknown): string {
  const shareable = typeof answer === 'object' ? answer : null;
  const known = shareable && written.get(shareable);
  if (known?.contract === contract) return known.text;
  const result = contract.response.safeParse(answer);
  // Our mistake, not the caller's: it must not look like a validation error of theirs.
  if (!result.success)
    throw new Error(`${contract.method} ${contract.path} answered against its contract`, {
      cause: result.error,
    });
  const text = JSON.stringify(result.data ?? null);
  if (shareable) written.set(shareable, { contract, text });
  return text;
}
