import type { BrowserContext } from 'playwright-core';

/**
 * What the content security policy of any page of this browser has refused from now on: the directive, and what it
 * was about. Pages of their own may break no policy of their own.
 */
export async function watchPolicyViolations(context: BrowserContext): Promise<readonly string[]> {
  const refused: string[] = [];
  await context.exposeBinding('reportRefused', (_source, what: string) => void refused.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      const page = globalThis as unknown as { reportRefused(what: string): Promise<void> };
      void page.reportRefused([location.pathname, effectiveDirective, blockedURI, sample].join(' ').trim());
    });
  });
  return refused;
}
