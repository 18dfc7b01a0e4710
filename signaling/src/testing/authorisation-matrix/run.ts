import type { Harness } from '../harness.ts';
import { EXPECTATIONS } from './expectations.ts';
import { PEOPLE, type Person } from './people.ts';
import { REQUESTS, type RequestName } from './requests.ts';

/** One request by one person, and what came of it: `ok`, or the code that it was refused with. */
export interface SocketCase {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
}

/** Every request of every namespace, asked by everyone, each at a fresh connection. The clinic has media. */
export async function runSocketMatrix(clinic: Harness): Promise<SocketCase[]> {
  const cases: SocketCase[] = [];
  for (const person of Object.keys(PEOPLE) as Person[]) {
    for (const request of Object.keys(REQUESTS) as RequestName[]) {
      const { page, named } = await PEOPLE[person](clinic);
      const answer = await page.askAnything(request, REQUESTS[request](named));
      cases.push({
        name: `${request} as ${person}`,
        expected: EXPECTATIONS[request][person],
        actual: answer.ok ? 'ok' : answer.error.code,
      });
      page.close();
    }
  }
  return cases;
}
