/** Invented people for the demo clinic. Nobody of these names is meant. */

export interface DemoDoctor {
  /** Names the doctor in the demo's own tables. */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly department: string;
  readonly specialty: string;
  readonly languages: readonly string[];
  readonly bio: string;
  readonly walkInSlug: string;
  readonly isWalkInOpen: boolean;
  readonly slotMinutes: number;
  /** Spans of every listed ISO weekday, in minutes from midnight. */
  readonly hours: readonly {
    readonly weekdays: readonly number[];
    readonly from: number;
    readonly to: number;
  }[];
}

export interface DemoPatient {
  readonly key: string;
  readonly name: string;
  readonly birthDate: string;
  readonly gender: 'female' | 'male';
  readonly phone: string;
  readonly allergiesNote: string | null;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const MONDAY_TO_SATURDAY = [1, 2, 3, 4, 5, 6];
const at = (hour: number, minute = 0) => hour * 60 + minute;

export const DEMO_DEPARTMENTS = ['General practice', 'Cardiology', 'Paediatrics', 'Dermatology'] as const;
export const NURSES_DEPARTMENTS: readonly string[] = [
  'General practice',
  'Paediatrics',
] satisfies readonly (typeof DEMO_DEPARTMENTS)[number][];

export const DEMO_DOCTORS: readonly DemoDoctor[] = [
  {
    key: 'ayesha',
    name: 'Dr Ayesha Siddiqui',
    email: 'doctor@rahma.example',
    department: 'General practice',
    specialty: 'General practice',
    languages: ['English', 'Urdu', 'Sindhi'],
    bio: 'Looks after whole families, from the first fever to the long illnesses of old age. She takes her time and explains things twice.',
    walkInSlug: 'dr-ayesha-siddiqui',
    isWalkInOpen: true,
    slotMinutes: 20,
    // Round the clock, so that there is something to book whenever the demo is started.
    hours: [{ weekdays: EVERY_DAY, from: 0, to: at(24) }],
  },
  {
    key: 'omar',
    name: 'Dr Omar Rehman',
    email: 'omar.rehman@rahma.example',
    department: 'Cardiology',
    specialty: 'Cardiology',
    languages: ['English', 'Urdu', 'Punjabi'],
    bio: 'Heart failure, blood pressure that will not come down, and the questions that come after a hospital stay.',
    walkInSlug: 'dr-omar-rehman',
    isWalkInOpen: false,
    slotMinutes: 30,
    hours: [
      { weekdays: MONDAY_TO_SATURDAY, from: at(9), to: at(13) },
      { weekdays: EVERY_DAY, from: at(17), to: at(21) },
    ],
  },
  {
    key: 'hina',
    name: 'Dr Hina Baloch',
    email: 'hina.baloch@rahma.example',
    department: 'Paediatrics',
    specialty: 'Paediatrics',
    languages: ['English', 'Urdu', 'Balochi'],
    bio: 'Newborns to teenagers. Parents are welcome to bring their list of questions, and the child.',
    walkInSlug: 'dr-hina-baloch',
    isWalkInOpen: true,
    slotMinutes: 15,
    hours: [{ weekdays: EVERY_DAY, from: at(8, 30), to: at(20, 30) }],
  },
  {
    key: 'farhan',
    name: 'Dr Farhan Ali',
    email: 'farhan.ali@rahma.example',
    department: 'Dermatology',
    specialty: 'Dermatology',
    languages: ['English', 'Urdu', 'Pashto'],
    bio: 'Skin, hair and nails. A good photo in daylight before the visit helps a great deal.',
    walkInSlug: 'dr-farhan-ali',
    isWalkInOpen: false,
    slotMinutes: 20,
    hours: [{ weekdays: EVERY_DAY, from: at(14), to: at(22) }],
  },
];

/** The first one signs in; the others were registered at the desk. */
export const DEMO_PATIENTS: readonly DemoPatient[] = [
  patient('bilal', 'Bilal Hussain', '1961-04-17', 'male', '01', 'Penicillin: rash in 2009'),
  patient('zainab', 'Zainab Akhtar', '1948-11-02', 'female', '02', 'Sulfa drugs'),
  patient('hamza', 'Hamza Sheikh', '1992-07-23', 'male', '03', null),
  patient('mariam', 'Mariam Yousuf', '2019-01-30', 'female', '04', 'Peanuts: carries an adrenaline pen'),
  patient('rashid', 'Rashid Mehmood', '1955-09-12', 'male', '05', null),
  patient('saba', 'Saba Noor', '1987-03-08', 'female', '06', null),
  patient('tariq', 'Tariq Jamil', '1970-12-25', 'male', '07', 'Iodine contrast'),
  patient('iqra', 'Iqra Shah', '2003-06-14', 'female', '08', null),
  patient('yusuf', 'Yusuf Khan', '2022-08-19', 'male', '09', null),
  patient('rubina', 'Rubina Aslam', '1943-02-27', 'female', '10', 'Aspirin: stomach bleeding'),
  patient('danish', 'Danish Raza', '1998-10-05', 'male', '11', null),
  patient('kulsoom', 'Kulsoom Bibi', '1966-05-21', 'female', '12', null),
];

function patient(
  key: string,
  name: string,
  birthDate: string,
  gender: DemoPatient['gender'],
  ending: string,
  allergiesNote: string | null,
): DemoPatient {
  return { key, name, birthDate, gender, phone: `+92 300 00000${ending}`, allergiesNote };
}
