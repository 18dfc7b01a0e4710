/** What the side panel of a call can show. */
export type PanelName = 'chat' | 'people' | 'devices';
