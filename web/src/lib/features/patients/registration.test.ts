import { describe, expect, it } from 'vitest';
import { registrationErrors, toPatientBody, type RegistrationDraft } from './registration.ts';

const draft: RegistrationDraft = {
  name: 'Amina Bibi',
  birthDate: '1955-03-27',
  gender: 'female',
  phone: '',
  email: ' ',
};

describe('registration', () => {
  it('leaves out what was left empty', () => {
    expect(toPatientBody(draft)).toEqual({ name: 'Amina Bibi', birthDate: '1955-03-27', gender: 'female' });
    expect(registrationErrors(draft)).toEqual({});
  });

  it('says which answers are not right', () => {
    const errors = registrationErrors({
      ...draft,
      name: ' ',
      birthDate: null,
      phone: 'call me',
      email: 'amina',
    });
    expect(Object.keys(errors)).toEqual(['name', 'birthDate', 'phone', 'email']);
    for (const sentence of Object.values(errors)) expect(sentence).toMatch(/\w+ \w+/);
  });
});
