import type { Fault } from './verification.ts';

/** For whoever has to explain it: what is wrong, and where. */
const WORDS: { readonly [Kind in Fault['kind']]: (fault: Extract<Fault, { kind: Kind }>) => string } = {
  'row-changed': ({ rowId, number }) => `row ${rowId} was changed after seal ${number} was put on it`,
  'row-inserted': ({ rowId, number }) => `row ${rowId} was inserted under seal ${number} afterwards`,
  'row-missing': ({ after, number }) =>
    `a row of seal ${number} is missing, ${after === null ? 'its first' : `the one after row ${after}`}`,
  'rows-differ': ({ number }) => `rows of seal ${number} are not as they were sealed`,
  'rows-of-no-seal': ({ count, number }) =>
    `${count} rows say that they are of seal ${number}, which is not there`,
  'seal-changed': ({ number }) => `seal ${number} was changed`,
  'seals-missing': ({ number, last }) =>
    number === last ? `seal ${number} is missing` : `seals ${number} to ${last} are missing`,
  'not-linked': ({ number }) => `the chain is broken: seal ${number} does not follow from the one before it`,
  'signature-wrong': ({ number }) =>
    `the signature of seal ${number} is wrong: it was not made by this platform`,
  'key-unknown': ({ number, keyId }) =>
    `seal ${number} is signed with the key ${keyId}, whose public part was not given`,
  'version-unknown': ({ number, version }) =>
    `seal ${number} is of version ${version}, which this program does not know`,
  'chain-cut': ({ number, newest }) =>
    `the chain was cut off: seal ${number} was anchored, and it ends with seal ${newest}`,
  'anchor-not-in-chain': ({ number }) => `seal ${number} is not the one that was anchored`,
  'rows-unsealed': ({ count, seconds }) =>
    `${count} rows have no seal, the oldest for ${Math.round(seconds)} seconds: nothing seals them`,
};

/** One sentence about a fault, without its end. */
export function wordsOf<Kind extends Fault['kind']>(fault: Fault & { readonly kind: Kind }): string {
  const words: (fault: never) => string = WORDS[fault.kind];
  return words(fault as never);
}
