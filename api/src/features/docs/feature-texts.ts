import type { endpoints } from '@careconnect/contracts';

/** What each group of endpoints is for, in a sentence. */
export const FEATURES: Readonly<
  Record<keyof typeof endpoints, { readonly title: string; readonly text: string }>
> = {
  auth: { title: 'Signing in', text: 'Sessions, refresh and forgotten passwords.' },
  registrations: { title: 'Making an account', text: 'By a link to an address, as a patient of a clinic.' },
  credentials: { title: 'Address and password', text: 'A person’s own, changed while signed in.' },
  sessions: { title: 'Signed-in devices', text: 'Where a person is signed in, and signing out from afar.' },
  secondFactor: {
    title: 'Second factor',
    text: 'An authenticator app beside the password, and the codes for when it is lost.',
  },
  people: {
    title: 'People',
    text: 'Who belongs to an organization and what they may do there, for its administrators.',
  },
  departments: {
    title: 'Departments',
    text: 'The locations of an organization, and what is there.',
  },
  invitations: {
    title: 'Invitations',
    text: 'Asking somebody to work for the organization, and joining it.',
  },
  organizations: {
    title: 'Organizations',
    text: 'Making, suspending and reopening them, for those who run the platform.',
  },
  securityPolicy: {
    title: 'Security of an organization',
    text: 'What it asks of those who sign in.',
  },
  singleSignOn: {
    title: 'Single sign-on',
    text: 'Signing in with the identity provider of an organization, over OpenID Connect.',
  },
  passkeys: {
    title: 'Passkeys',
    text: 'Signing in with a fingerprint, a face or the PIN of a device.',
  },
  sentCodes: {
    title: 'Sent codes',
    text: 'Codes by e-mail and text message, as a second factor where that is enough.',
  },
  phones: { title: 'Phones', text: 'The phone of an account, which its owner has shown to be theirs.' },
  patients: { title: 'Patients', text: 'The people who are looked after.' },
  corrections: {
    title: 'Corrections',
    text: 'Putting right who a patient is and how they are reached, with what was there before.',
  },
  dependants: {
    title: 'Acting for others',
    text: 'Parents for children and carers for elders: who may, what, and until when.',
  },
  emergencyAccess: {
    title: 'Emergency access',
    text: 'A doctor opens a chart that is closed to her, with a reason, and administrators review it.',
  },
  consents: {
    title: 'Consents',
    text: 'What patients are asked to agree to, in versions that stay, and what they decided.',
  },
  ownData: {
    title: 'Own data',
    text: 'A copy of everything that is stored about a patient, for themselves.',
  },
  erasures: {
    title: 'Erasure',
    text: 'Erasing patients who ask for it, and holding what the law asks to keep.',
  },
  providers: { title: 'Doctors', text: 'Who can be seen, and when they are free.' },
  appointments: { title: 'Appointments', text: 'Booking a free slot, and letting it go again.' },
  visits: { title: 'Visits', text: 'The video visit from the waiting room to the record that stays.' },
  quality: {
    title: 'Quality of visits',
    text: 'How good sound and picture were, from what browsers and the media server measured.',
  },
  qualityWatch: {
    title: 'Watching quality',
    text: 'How good the visits of a clinic are right now and were lately, with what to look at first.',
  },
  walkIns: {
    title: 'Walk-ins',
    text: 'Entering a waiting room through a doctor’s link, without an appointment.',
  },
  seats: {
    title: 'Seats',
    text: 'Tickets for the live connection: to sit down in a visit, or to watch queues.',
  },
  attachments: {
    title: 'Voice notes and stills',
    text: 'Recorded where the network does not carry a call, sent piece by piece, delivered once in the chat.',
  },
  nodes: {
    title: 'Nodes',
    text: 'The processes that carry visits: how busy they are, and what is wrong with them.',
  },
  audit: {
    title: 'Audit trail',
    text: 'Who did what, for whoever answers for the clinic; and for patients, who opened their record.',
  },
  docs: { title: 'This description', text: 'The same for machines.' },
};
