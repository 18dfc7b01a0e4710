type DemoRole = 'patient' | 'doctor' | 'receptionist' | 'pharmacist' | 'admin' | 'nurse';

export interface DemoAccount {
  readonly role: DemoRole;
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** The people of the demo clinic who sign in. Their passwords are public, so it holds no real data, ever. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { role: 'patient', email: 'patient@rahma.example', password: 'calm-river-meadow', name: 'Bilal Hussain' },
  {
    role: 'doctor',
    email: 'doctor@rahma.example',
    password: 'kind-lantern-harbour',
    name: 'Ayesha Siddiqui',
  },
  { role: 'receptionist', email: 'desk@rahma.example', password: 'warm-copper-garden', name: 'Sana Malik' },
  {
    role: 'pharmacist',
    email: 'pharmacy@rahma.example',
    password: 'clear-walnut-bridge',
    name: 'Imran Qureshi',
  },
  { role: 'admin', email: 'admin@rahma.example', password: 'steady-maple-window', name: 'Nadia Farooqi' },
  { role: 'nurse', email: 'nurse@rahma.example', password: 'soft-cedar-window', name: 'Mehwish Iqbal' },
];

/** Each role has one account. */
export function demoAccount(role: DemoRole): DemoAccount {
  const account = DEMO_ACCOUNTS.find((one) => one.role === role);
  if (!account) throw new Error(`The demo clinic has no ${role}.`);
  return account;
}
