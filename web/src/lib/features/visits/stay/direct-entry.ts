/**
 * Whether someone who was in the room may go straight back in: only when the browser will not ask
 * about camera or microphone, because a question over a running visit is missed.
 */
export async function mayEnterDirectly(): Promise<boolean> {
  try {
    const states = await Promise.all(
      ['camera', 'microphone'].map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    return states.every(({ state }) => state !== 'prompt');
  } catch {
    return false;
  }
}
