type Stat = RTCStats & {
  readonly trackIdentifier?: string;
  readonly mediaSourceId?: string;
  readonly localId?: string;
};

/**
 * Statistics of faces and voices alone, for whoever grades the call: a screen is large and hardly moves, and would pass
 * for a fine picture of a face at one frame a second.
 * @param screens - ids of tracks that show one
 */
export function withoutScreens(
  reports: readonly RTCStatsReport[],
  screens: ReadonlySet<string>,
): RTCStatsReport[] {
  return screens.size === 0 ? [...reports] : reports.map((report) => without(report, screens));
}

function without(report: RTCStatsReport, screens: ReadonlySet<string>): RTCStatsReport {
  const left = new Map<string, Stat>([...report]);
  const drop = (isOfScreen: (stat: Stat) => boolean): void => {
    for (const [id, stat] of left) if (isOfScreen(stat)) left.delete(id);
  };
  const names = (id: string | undefined): boolean => id !== undefined && report.has(id) && !left.has(id);
  // A sender's stream names its source, and what its receiver reports of it names the stream.
  drop(({ trackIdentifier }) => trackIdentifier !== undefined && screens.has(trackIdentifier));
  drop(({ mediaSourceId }) => names(mediaSourceId));
  drop(({ localId }) => names(localId));
  return left;
}
