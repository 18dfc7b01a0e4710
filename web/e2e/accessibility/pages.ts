/** Who looks at which pages. Every page that can be reached by its address alone stands here. */
export const PAGES = {
  visitor: [
    '/',
    '/sign-in',
    '/forgot-password',
    '/reset-password',
    '/reset-password#token=any-token-is-one-until-it-is-sent',
    '/w/dr-ayesha-siddiqui',
    '/no-such-page',
    '/api/docs',
  ],
  patient: ['/patient', '/patient/book'],
  doctor: ['/doctor', '/doctor/schedule'],
  receptionist: ['/reception', '/reception/book', '/reception/register'],
  pharmacist: ['/pharmacy'],
  admin: ['/admin', '/admin/visits'],
} as const satisfies Record<string, readonly string[]>;

export type Viewer = keyof typeof PAGES;

/** A phone in daylight and a desk in the dark: each page is seen in both themes and both widths. */
export const SETTINGS = [
  { name: 'phone by day', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desk by night', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
] as const;

export type Setting = (typeof SETTINGS)[number];
