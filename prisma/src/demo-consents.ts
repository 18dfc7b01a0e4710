import type { Prisma } from './generated/client.ts';

interface DemoText {
  readonly kind: 'telehealth' | 'privacyNotice';
  readonly en: { readonly title: string; readonly body: string };
  readonly ur: { readonly title: string; readonly body: string };
}

const SAMPLE = 'This is a sample text of the demo clinic. It is not legal advice.';
const SAMPLE_UR = 'یہ نمونے کا متن ہے جو مثالی کلینک کے لیے ہے۔ یہ قانونی مشورہ نہیں۔';

/** So that somebody who looks around sees what it is like. A real clinic writes its own. */
const DEMO_TEXTS: readonly DemoText[] = [
  {
    kind: 'telehealth',
    en: {
      title: 'Visits over the internet',
      body: `You see your doctor through camera and microphone. A doctor cannot touch you that way, so some things are found in a visit in person only; your doctor tells you when that is needed.

A connection can be lost. Then you are called back, or given another time. Nobody records picture or sound.

It is not for emergencies. If a life may be in danger, call your local emergency number.

${SAMPLE}`,
    },
    ur: {
      title: 'انٹرنیٹ پر ملاقات',
      body: `آپ کیمرے اور مائیک کے ذریعے ڈاکٹر سے ملتے ہیں۔ اس طرح ڈاکٹر آپ کو چھو کر نہیں دیکھ سکتا، اس لیے کچھ باتیں صرف آمنے سامنے پتا چلتی ہیں؛ ضرورت ہو تو ڈاکٹر آپ کو بتائے گا۔

رابطہ ٹوٹ سکتا ہے۔ پھر آپ کو دوبارہ بلایا جائے گا، یا دوسرا وقت دیا جائے گا۔ تصویر اور آواز کوئی ریکارڈ نہیں کرتا۔

یہ ہنگامی حالت کے لیے نہیں۔ جان کو خطرہ ہو تو اپنے علاقے کے ہنگامی نمبر پر فون کریں۔

${SAMPLE_UR}`,
    },
  },
  {
    kind: 'privacyNotice',
    en: {
      title: 'How we use your data',
      body: `We keep what your doctor needs to look after you: who you are, how to reach you, your appointments, and what was said and written in your visits. Those who look after you can read it, and every look is written down; you can see who looked.

We give it to nobody else unless you ask for it or the law demands it. The law also says how long we must keep it.

${SAMPLE}`,
    },
    ur: {
      title: 'ہم آپ کی معلومات کیسے استعمال کرتے ہیں',
      body: `ہم وہ رکھتے ہیں جو ڈاکٹر کو آپ کی دیکھ بھال کے لیے چاہیے: آپ کون ہیں، آپ سے رابطہ کیسے ہو، آپ کی اپائنٹمنٹس، اور ملاقاتوں میں کہی اور لکھی گئی باتیں۔ جو آپ کی دیکھ بھال کرتے ہیں وہ اسے پڑھ سکتے ہیں، اور ہر بار دیکھنا درج ہوتا ہے؛ آپ دیکھ سکتے ہیں کہ کس نے دیکھا۔

ہم یہ کسی اور کو نہیں دیتے، سوائے اس کے کہ آپ کہیں یا قانون مانگے۔ قانون یہ بھی بتاتا ہے کہ ہمیں اسے کب تک رکھنا ہے۔

${SAMPLE_UR}`,
    },
  },
];

/** The first version of each text. Nobody of the demo has decided yet. */
export async function createDemoConsents(
  tx: Prisma.TransactionClient,
  organizationId: string,
  now: Date,
): Promise<void> {
  await tx.consentText.createMany({
    data: DEMO_TEXTS.map(({ kind, en, ur }) => ({
      organizationId,
      kind,
      version: 1,
      wordings: { en, ur },
      publishedAt: now,
    })),
  });
}
