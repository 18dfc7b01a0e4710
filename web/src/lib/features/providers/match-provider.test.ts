import { PractitionerId, type Provider } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { matchesProvider } from './match-provider.ts';

const provider: Provider = {
  id: PractitionerId.parse('01970000-0000-7000-8000-000000000003'),
  name: 'Dr Ayesha Siddiqui',
  specialty: 'General practice',
  languages: ['English', 'ur'],
  bio: '',
  walkInSlug: 'dr-ayesha-siddiqui',
  isWalkInOpen: true,
  timeZone: 'Asia/Karachi',
  nextFreeAt: null,
};

it.each(['', 'sid', 'AYE sid', 'general', 'urdu', 'engl'])('%j finds her', (typed) => {
  expect(matchesProvider(provider, typed)).toBe(true);
});

it.each(['omar', 'ayesha omar', 'iddiqui'])('%j does not', (typed) => {
  expect(matchesProvider(provider, typed)).toBe(false);
});
