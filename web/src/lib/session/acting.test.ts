import { afterEach, describe, expect, it } from 'vitest';
import { actFor, actingFor, followAddress, visitHref } from './acting.ts';

const at = (path: string) => new URL(path, 'https://clinic.example');

describe('for whom a tab is about', () => {
  afterEach(() => actFor(null));

  it('is whoever is signed in until somebody is chosen, and stands in the address of a visit', () => {
    expect(visitHref('v-1')).toBe('/visit/v-1');
    actFor('p 1');
    expect(visitHref('v-1')).toBe('/visit/v-1?for=p%201');
  });

  it('is taken over from an address that says so', () => {
    expect(followAddress(at('/visit/v-1?for=p-2'))).toBeNull();
    expect(actingFor()).toBe('p-2');
  });

  it('leads to an address that says so, and stays as it is where nobody is chosen', () => {
    expect(followAddress(at('/visit/v-1/record'))).toBeNull();
    actFor('p-3');
    expect(followAddress(at('/visit/v-1/record'))).toBe('/visit/v-1/record?for=p-3');
  });
});
