import { m } from '#lib/paraglide/messages.js';
import type { VisitNotice } from '../page/visit-screen.ts';

/** The one thing that a notice offers first. */
export type NoticeAction = 'home' | 'take-over' | 'retry' | 'words-only' | 'sign-in' | 'book';

interface NoticeWords {
  readonly title: () => string;
  readonly text: () => string;
  readonly action: NoticeAction;
}

export const NOTICES: Readonly<Record<VisitNotice, NoticeWords>> = {
  'not-found': { title: m.visit_notice_missing_title, text: m.visit_notice_missing_text, action: 'home' },
  'not-yours': { title: m.visit_notice_not_yours_title, text: m.visit_notice_not_yours_text, action: 'home' },
  closed: { title: m.visit_notice_closed_title, text: m.visit_notice_closed_text, action: 'home' },
  full: { title: m.visit_notice_full_title, text: m.visit_notice_full_text, action: 'retry' },
  cancelled: { title: m.visit_notice_cancelled_title, text: m.visit_notice_cancelled_text, action: 'book' },
  'no-show': { title: m.visit_notice_no_show_title, text: m.visit_notice_no_show_text, action: 'book' },
  elsewhere: {
    title: m.visit_notice_elsewhere_title,
    text: m.visit_notice_elsewhere_text,
    action: 'take-over',
  },
  replaced: { title: m.visit_notice_replaced_title, text: m.visit_notice_replaced_text, action: 'take-over' },
  'sent-too-much': {
    title: m.visit_notice_sent_too_much_title,
    text: m.visit_notice_sent_too_much_text,
    action: 'retry',
  },
  unreachable: {
    title: m.visit_notice_unreachable_title,
    text: m.visit_notice_unreachable_text,
    action: 'retry',
  },
  'no-media': {
    title: m.visit_notice_no_media_title,
    text: m.visit_notice_no_media_text,
    action: 'words-only',
  },
  'signed-out': {
    title: m.visit_notice_signed_out_title,
    text: m.visit_notice_signed_out_text,
    action: 'sign-in',
  },
  'guest-signed-out': {
    title: m.visit_notice_guest_out_title,
    text: m.visit_notice_guest_out_text,
    action: 'home',
  },
  broken: { title: m.visit_notice_broken_title, text: m.visit_notice_broken_text, action: 'retry' },
};
