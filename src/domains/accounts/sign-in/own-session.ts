// The session of a viewer: what a person does about their own sign-in begins with it.
import type { Viewer } from '#values/viewer.ts';
import { authorize, personWanted } from '../permissions.ts';

/**
 * Refuses whoever is not a person with a session.
 * @throws Forbidden
 */
export function authorizeOwnSession(viewer: Viewer): { userId: string; sessionId: string } {
  authorize(viewer, 'sessions.manage');
  const { actor } = viewer;
  if (actor.kind === 'user' && actor.sessionId) {
    return { userId: actor.id, sessionId: actor.sessionId };
  }
  throw personWanted();
}
