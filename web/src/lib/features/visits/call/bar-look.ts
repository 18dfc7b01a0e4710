/** How a control of the bar looks, whatever a press of it does. Five share the width of a small phone. */
export const BAR_CONTROL =
  'relative flex min-h-17 min-w-12 flex-col items-center gap-0.5 [&:lang(ur)]:gap-1.5 pt-1.5 rounded-lg px-0.5 text-[length:min(18px,4.8cqw)] leading-tight font-semibold whitespace-nowrap disabled:opacity-50 max-sm:flex-1 sm:min-w-20 sm:px-3';
