/** What the steps look for on a page, in each language that it may be in. */
export interface Words {
  /** What the browser asks for. */
  readonly locale: string;
  readonly email: string;
  readonly password: string;
  readonly signIn: string;
  readonly checkAnswers: string;
  readonly name: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly reason: string;
  readonly next: string;
  readonly ready: string;
  readonly leaveWaitingRoom: string;
  readonly chooseTime: string;
  readonly partOfDay: RegExp;
  readonly pastVisits: string;
  readonly callQuality: RegExp;
  readonly correctDetails: string;
}

export const ENGLISH: Words = {
  locale: 'en-GB',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  checkAnswers: 'Please check these answers',
  name: 'Your full name',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  reason: 'What is it about?',
  next: 'Next: camera and sound',
  ready: 'I’m ready',
  leaveWaitingRoom: 'Leave the waiting room',
  chooseTime: 'Choose a day and then a time.',
  partOfDay: /^(Morning|Afternoon|Evening)$/,
  pastVisits: 'Visits that are over',
  callQuality: /^Call quality: /,
  correctDetails: 'Correct details',
};

export const URDU: Words = {
  locale: 'ur-PK',
  email: 'ای میل',
  password: 'پاس ورڈ',
  signIn: 'سائن اِن کریں',
  checkAnswers: 'براہِ مہربانی یہ جواب دیکھ لیں',
  name: 'آپ کا پورا نام',
  day: 'دن',
  month: 'مہینہ',
  year: 'سال',
  reason: 'کیا تکلیف ہے؟',
  next: 'آگے: کیمرہ اور آواز',
  ready: 'میں تیار ہوں',
  leaveWaitingRoom: 'انتظار گاہ سے باہر جائیں',
  chooseTime: 'پہلے دن اور پھر وقت چنیں۔',
  partOfDay: /^(صبح|دوپہر|شام)$/,
  pastVisits: 'ختم ہو چکی ملاقاتیں',
  callQuality: /^کال کا معیار: /,
  correctDetails: 'تفصیلات درست کریں',
};
