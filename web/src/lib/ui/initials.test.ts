import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it.each([
  ['Dr. Ayesha Siddiqui', 'AS'],
  ['Bilal', 'B'],
  ['maria del carmen lopez', 'ML'],
  ['محمد عرفان', 'مع'],
  ['', ''],
])('%s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
