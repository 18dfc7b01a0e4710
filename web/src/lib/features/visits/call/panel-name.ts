/** What the side panel of a call can show. */
export type PanelName = 'chat' | 'people' | 'devices';

/** The button that opens it, to which the focus goes back. */
export function panelButtonId(panel: PanelName): string {
  return `call-open-${panel}`;
}

/** The button of the menu that has, on a phone, what the bar has no room for. */
export const MORE_BUTTON_ID = 'call-more';
