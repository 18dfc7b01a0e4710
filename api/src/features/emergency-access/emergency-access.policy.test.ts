import { Role, type UserId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { emergencyAccessPolicy } from './emergency-access.policy.ts';

const doctor = { userId: 'doctor' as UserId };

test('administrators see and review, and nobody reviews what they have opened themselves', () => {
  for (const role of Role.options) {
    const isAdmin = role === 'admin';
    expect(emergencyAccessPolicy.maySee({ role })).toBe(isAdmin);
    expect(emergencyAccessPolicy.mayReview({ role, userId: 'another' as UserId }, { doctor })).toBe(isAdmin);
    expect(emergencyAccessPolicy.mayReview({ role, userId: doctor.userId }, { doctor })).toBe(false);
  }
});
