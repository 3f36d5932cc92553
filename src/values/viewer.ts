// Who is asking: the one value that every verb authorises and every query is scoped by.
import type { Role, Scope } from './scopes.ts';

/** The hand behind an action, as the audit log names it. */
export type Actor =
  | { kind: 'key'; id: string }
  /** sessionId: the session through which the person acts */
  | { kind: 'user'; id: string; sessionId?: string }
  | { kind: 'system'; id: string };

export interface Viewer {
  accountId: string;
  mode: 'LIVE' | 'TEST';
  actor: Actor;
  role: Role;
  scopes: readonly Scope[];
  /** the companies this viewer is kept to; null = every company of the account */
  companyIds: readonly string[] | null;
}

/** `key:<id>`, `user:<id>` or `system:<name>`: how rows name an actor. */
export function nameActor(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

/** True when the viewer may see rows of this company (rows of no company belong to unrestricted viewers). */
export function seesCompany(viewer: Viewer, companyId: string | null): boolean {
  if (viewer.companyIds === null) return true;
  return companyId !== null && viewer.companyIds.includes(companyId);
}
