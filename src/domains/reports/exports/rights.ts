// Who may make an export of a kind, and who may fetch it: its file holds what its maker may read.
import { may, type Verb } from '#domains/accounts/index.ts';
import type { ExportKind } from '#generated/prisma/enums.ts';
import type { Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import type { ExportRow } from './store.ts';

/** The rights to read what an export of a kind is made of. */
export const READS: Record<ExportKind, readonly Verb[]> = {
  CALLS: ['calls.read'],
  FORMS: ['forms.read'],
  LEADS: ['leads.read'],
  ATTRIBUTION: ['calls.read', 'forms.read'],
  CONVERSATIONS: ['conversations.read'],
  MESSAGES: ['conversations.read'],
  CHATS: ['chats.read'],
  CHAT_MESSAGES: ['chats.read'],
  LEAD: [
    ...(['leads.export', 'personal.read', 'leads.read', 'visitors.read', 'consent.read'] as const),
    ...(['calls.read', 'recordings.read', 'transcripts.read', 'forms.read'] as const),
    ...(['conversations.read', 'chats.read'] as const),
  ],
};

/** The scopes that decide, beside those, what stands in a file. */
export function tellingScopes(kind: ExportKind): readonly Scope[] {
  const ofPeople = ['personal:read', 'leads:read', 'numbers:read'] as const;
  return kind === 'ATTRIBUTION' ? [...ofPeople, 'messages:read', 'chats:read'] : ofPeople;
}

/** Whether a viewer sees an export: one of companies of theirs only. */
export function seesExport(
  { companyIds }: Viewer,
  { allCompanies, companyIds: of }: Pick<ExportRow, 'allCompanies' | 'companyIds'>,
): boolean {
  return companyIds === null || (!allCompanies && of.every((id) => companyIds.includes(id)));
}

/** Whether a viewer may read all that the file of an export may hold. */
export function mayFetch(viewer: Viewer, row: ExportRow): boolean {
  const scopes: readonly string[] = viewer.scopes;
  return (
    seesExport(viewer, row) &&
    READS[row.kind].every((verb) => may(viewer, verb)) &&
    row.scopes.every((scope) => scopes.includes(scope))
  );
}
