/** Browsers that keep what a page may use in different places. `ios`: any but Safari on an iPhone or iPad. */
export type BrowserFamily = 'chromium' | 'firefox' | 'safari' | 'ios-safari' | 'ios';

export interface PersonsDevice {
  readonly browser: BrowserFamily;
  /** A phone or a tablet, which shares its camera and microphone with phone calls. */
  readonly isHandheld: boolean;
}

/** What a browser says it is, for words that lead the person to the right switch. */
export function recogniseDevice({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): PersonsDevice {
  // An iPad says that it is a Mac, of which none has a touch screen.
  const isIos = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  if (isIos) {
    const isSafari = /Safari\//.test(userAgent) && !/(?:CriOS|FxiOS|EdgiOS|OPT)\//.test(userAgent);
    return { browser: isSafari ? 'ios-safari' : 'ios', isHandheld: true };
  }
  return { browser: familyOf(userAgent), isHandheld: /Android|Mobile/.test(userAgent) };
}

function familyOf(userAgent: string): BrowserFamily {
  if (/Firefox\//.test(userAgent)) return 'firefox';
  // Chromium names Safari too, for old websites.
  return /Safari\//.test(userAgent) && !/Chrom(?:e|ium)\//.test(userAgent) ? 'safari' : 'chromium';
}
