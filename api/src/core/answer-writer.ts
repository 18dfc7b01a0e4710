import type { EndpointContract } from '@careconnect/contracts';

interface Written {
  readonly contract: EndpointContract;
  readonly text: string;
}

/**
 * An answer as JSON, checked against its contract. One that several callers share is checked and written out
 * once, so whoever gives an answer away does not change it any more.
 * @throws {Error} for an answer against its contract
 */
export type WriteAnswer = (contract: EndpointContract, answer: unknown) => string;

export function createAnswerWriter(): WriteAnswer {
  /** By answer, for as long as somebody still has it. */
  const written = new WeakMap<object, Written>();

  return (contract, answer) => {
    const shareable = typeof answer === 'object' ? answer : null;
    const known = shareable && written.get(shareable);
    if (known?.contract === contract) return known.text;
    const text = write(contract, answer);
    if (shareable) written.set(shareable, { contract, text });
    return text;
  };
}

function write(contract: EndpointContract, answer: unknown): string {
  const result = contract.response.safeParse(answer);
  if (result.success) return JSON.stringify(result.data ?? null);
  // Our mistake, not the caller's: it must not look like a validation error of theirs.
  throw new Error(`${contract.method} ${contract.path} answered against its contract`, {
    cause: result.error,
  });
}
