// What a caller hears first. Recording is announced before it starts (rules.md, L18), whatever the greeting says.

/** Played before recording, after the tracker's greeting: nobody can tell for sure that a greeting announces it. */
export const DEFAULT_NOTICE = 'This call may be recorded for quality and training.';

/** The carrier speaks at most this many characters in one go. */
export const MAX_SPOKEN_CHARACTERS = 3_000;

/**
 * The text that is spoken to the caller before anything else.
 * @param tracker.greeting the tracker's own words, or null
 * @param tracker.recording whether its calls are recorded
 * @returns null when there is nothing to say. With recording on it always ends in the notice (L18).
 */
export function announcementOf(tracker: {
  greeting: string | null;
  recording: boolean;
}): string | null {
  const greeting = tracker.greeting?.trim() || null;
  if (!tracker.recording) return greeting;
  return greeting ? `${greeting} ${DEFAULT_NOTICE}` : DEFAULT_NOTICE;
}
