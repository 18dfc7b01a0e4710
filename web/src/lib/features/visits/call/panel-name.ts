/** What the side panel of a call can show. */
export type PanelName = 'chat' | 'people' | 'devices';

/** The button that opens it, to which the focus goes back. */
export function panelButtonId(panel: PanelName): string {
  return `call-open-${panel}`;
}
