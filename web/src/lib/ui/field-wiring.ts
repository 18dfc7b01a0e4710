/** What every field says about itself: label above, hint under it, error under that. */
export interface FieldTexts {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** What ties a control to its label, hint and error; spread onto the control. */
export interface FieldWiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** The ids under which a field's hint and error can be found. */
export function noteIds(id: string) {
  return { hint: `${id}-hint`, error: `${id}-error` };
}

export function wireField(id: string, { hint, error }: Pick<FieldTexts, 'hint' | 'error'>): FieldWiring {
  const ids = noteIds(id);
  return {
    id,
    'aria-describedby': [error && ids.error, hint && ids.hint].filter(Boolean).join(' ') || undefined,
    'aria-invalid': error ? true : undefined,
  };
}
