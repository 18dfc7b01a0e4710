import { expect, it } from 'vitest';
import { createReauthentication } from './reauthentication.ts';

it('answers no at once where no page can ask', async () => {
  expect(await createReauthentication().ask()).toBe(false);
});

it('shows one dialog to all calls that fail together, and a new one later', async () => {
  const { lend, ask } = createReauthentication();
  const answers: ((signedIn: boolean) => void)[] = [];
  const takeBack = lend(() => new Promise((resolve) => answers.push(resolve)));
  const both = Promise.all([ask(), ask()]);
  expect(answers).toHaveLength(1);
  answers[0]?.(true);
  expect(await both).toEqual([true, true]);
  const later = ask();
  answers[1]?.(false);
  expect(await later).toBe(false);
  takeBack();
  expect(await ask()).toBe(false);
});

it('keeps the dialog of the next page when the last one leaves after it', async () => {
  const { lend, ask } = createReauthentication();
  const leave = lend(async () => false);
  lend(async () => true);
  leave();
  expect(await ask()).toBe(true);
});

it('answers no when the page leaves with its dialog open, and asks again on the next page', async () => {
  const { lend, ask } = createReauthentication();
  const leave = lend(() => new Promise(() => undefined));
  const asked = ask();
  leave();
  expect(await asked).toBe(false);
  lend(async () => true);
  expect(await ask()).toBe(true);
});
