import type { DemoConnection } from './demo-quality.ts';

/** What has happened and will happen in the demo clinic, told from the moment it is made. */

export interface DemoVisit {
  readonly doctor: string;
  readonly patient: string;
  /** Start in whole slots of the doctor from the present one; negative is the past. */
  readonly slot: number;
  readonly outcome: 'booked' | 'ended' | 'cancelled' | 'noshow';
  readonly reason: string;
  /** How long it took, for one that has ended. */
  readonly minutes?: number;
  /** How the connection of the patient was, for one that has ended; good unless told. */
  readonly connection?: DemoConnection;
  readonly chat?: readonly { readonly from: 'doctor' | 'patient'; readonly text: string }[];
}

export const DEMO_VISITS: readonly DemoVisit[] = [
  {
    doctor: 'ayesha',
    patient: 'bilal',
    slot: 5,
    outcome: 'booked',
    reason: 'Cough for ten days, worse at night',
  },
  { doctor: 'ayesha', patient: 'zainab', slot: 8, outcome: 'booked', reason: 'Dizzy when standing up' },
  { doctor: 'ayesha', patient: 'hamza', slot: 11, outcome: 'booked', reason: 'Results of the blood test' },
  { doctor: 'ayesha', patient: 'saba', slot: 76, outcome: 'booked', reason: 'Migraine, third this month' },
  { doctor: 'hina', patient: 'mariam', slot: 4, outcome: 'booked', reason: 'Ear ache since last night' },
  { doctor: 'omar', patient: 'rashid', slot: 3, outcome: 'booked', reason: 'Check after the stent' },
  { doctor: 'farhan', patient: 'iqra', slot: 74, outcome: 'booked', reason: 'Rash on both arms' },
  {
    doctor: 'ayesha',
    patient: 'bilal',
    slot: -360,
    outcome: 'ended',
    reason: 'Blood pressure readings from home',
    minutes: 14,
    chat: [
      { from: 'patient', text: 'The readings are 142/88, 138/90 and 150/92 from this week.' },
      {
        from: 'doctor',
        text: 'Thank you, that helps. Please keep measuring in the morning before breakfast.',
      },
      { from: 'patient', text: 'Should I go on with the walks?' },
      { from: 'doctor', text: 'Yes, every day. Thirty minutes, as we said.' },
    ],
  },
  {
    doctor: 'omar',
    patient: 'bilal',
    slot: -1010,
    outcome: 'ended',
    reason: 'Short of breath on the stairs',
    minutes: 22,
    connection: 'narrow',
    chat: [
      { from: 'doctor', text: 'I can see you well. Can you move the phone a little further away?' },
      { from: 'patient', text: 'Better now?' },
      { from: 'doctor', text: 'Perfect.' },
    ],
  },
  {
    doctor: 'ayesha',
    patient: 'kulsoom',
    slot: -5,
    outcome: 'ended',
    reason: 'Sugar was 190 this morning',
    minutes: 11,
    chat: [{ from: 'doctor', text: 'Please send the readings of the next three days to the desk.' }],
  },
  {
    doctor: 'ayesha',
    patient: 'tariq',
    slot: -8,
    outcome: 'ended',
    reason: 'Back pain after lifting',
    minutes: 16,
    connection: 'shaky',
  },
  { doctor: 'ayesha', patient: 'danish', slot: -73, outcome: 'noshow', reason: 'Sore throat' },
  { doctor: 'hina', patient: 'yusuf', slot: -97, outcome: 'ended', reason: 'Fever, 39.2 °C', minutes: 12 },
  { doctor: 'ayesha', patient: 'rubina', slot: -145, outcome: 'cancelled', reason: 'Swollen ankles' },
];
