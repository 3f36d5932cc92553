// Whose words of a lead's history may be shown to whom.
import { may, type Verb } from '#domains/accounts/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { Viewer } from '#values/viewer.ts';

const VERBS: Record<InteractionKind, Verb> = {
  CALL: 'calls.read',
  CONVERSATION: 'conversations.read',
  CHAT: 'chats.read',
  FORM: 'forms.read',
};

/** Whether an interaction may be quoted. What stands in a form is shown to those alone who may read its fields. */
export function mayQuote(
  viewer: Viewer,
  { kind, companyId }: { kind: InteractionKind; companyId?: string },
): boolean {
  if (!may(viewer, VERBS[kind])) return false;
  return kind !== 'FORM' || may(viewer, 'personal.read', companyId);
}

/** The kinds of interactions that may be quoted, where the viewer sees their company. */
export function quotableKinds(viewer: Viewer): InteractionKind[] {
  const kinds = Object.keys(VERBS) as InteractionKind[];
  return kinds.filter((kind) => mayQuote(viewer, { kind }));
}
