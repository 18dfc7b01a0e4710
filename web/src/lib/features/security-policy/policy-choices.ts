import { m } from '#lib/paraglide/messages.js';

/** What can be chosen, each with what it means, in the language of the page. */
export const stepChoices = () =>
  [
    { value: 'required', label: m.security_step_required(), text: m.security_step_required_text() },
    { value: 'optional', label: m.security_step_optional(), text: m.security_step_optional_text() },
  ] as const;

export const sentCodeChoices = () =>
  [
    { value: 'refused', label: m.security_codes_refused(), text: m.security_codes_refused_text() },
    { value: 'allowed', label: m.security_codes_allowed(), text: m.security_codes_allowed_text() },
  ] as const;

export const registrationChoices = () =>
  [
    { value: 'closed', label: m.security_registration_closed(), text: m.security_registration_closed_text() },
    { value: 'open', label: m.security_registration_open(), text: m.security_registration_open_text() },
  ] as const;
