/** What a control inside a field needs to be wired to its label, hint and error. */
export interface FieldWiring {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: true | undefined;
}
