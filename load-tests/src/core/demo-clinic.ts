/** Sign-ins of the demo clinic that the benches act as; the seed makes them and `npm start` prints them. */
export const DEMO_DOCTOR = { email: 'doctor@rahma.example', password: 'kind-lantern-harbour' } as const;
export const DEMO_PATIENT = { email: 'patient@rahma.example', password: 'calm-river-meadow' } as const;
/** A doctor with usual surgery hours; the one above is always open, so that a demo always has a slot. */
export const DEMO_COLLEAGUE_SLUG = 'dr-omar-rehman';
