// Who must see nothing of the marked company, and what of it an answer shows: its texts, every id that its own people are
// shown, and every link to a file.
import { decodeGlobalId } from '#values/global-id.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

/** What belongs to the whole account, not to one of its companies. */
export const SHARED = new Set(['Account', 'ApiKey', 'User', 'Session', 'AuditEntry']);

export const uuidOf = (globalId: string): string => decodeGlobalId(globalId)?.id ?? '';

/** Somebody with every scope that the role leaves them. */
export const viewerOf = (
  accountId: string,
  role: Viewer['role'],
  companyIds: string[] | null,
): Viewer => ({
  accountId,
  mode: 'TEST',
  actor: { kind: 'key', id: accountId },
  role,
  scopes: SCOPES,
  companyIds,
});

export interface Other {
  who: string;
  viewer: Viewer;
}

/** Somebody of another account, and somebody of another company of the marked account, in every role. */
export const othersOf = (strangerId: string, accountId: string, otherCompany: string): Other[] =>
  ROLES.flatMap((role) => [
    { who: `another account's ${role}`, viewer: viewerOf(strangerId, role, null) },
    { who: `another company's ${role}`, viewer: viewerOf(accountId, role, [uuidOf(otherCompany)]) },
  ]);

/** Every text in an answer, with the field that it stands in. */
export function* textsIn(answer: unknown, field = ''): Generator<{ field: string; text: string }> {
  if (typeof answer === 'string') yield { field, text: answer };
  else if (answer && typeof answer === 'object') {
    for (const [key, value] of Object.entries(answer)) {
      yield* textsIn(value, Array.isArray(answer) ? field : key);
    }
  }
}

/** The ids of things in answers, each as it is told and bare. */
export function idsIn(answers: unknown, except: ReadonlySet<string> = new Set()): string[][] {
  const ids = new Map<string, string[]>();
  for (const { text } of textsIn(answers)) {
    const found = decodeGlobalId(text);
    if (found && !except.has(found.typename)) ids.set(text, [text, found.id]);
  }
  return [...ids.values()];
}

/**
 * Finds what must not be in an answer.
 * @param secrets texts; and ids, each in all its forms
 * @param root the address of the server: what begins with it is a link to something of somebody's
 * @param sent what the asker named: showing it again tells nothing
 */
export function findLeaks(
  answer: unknown,
  { secrets, root }: { secrets: readonly (readonly string[])[]; root: string },
  sent = '',
): string[] {
  const text = JSON.stringify(answer);
  return [
    ...secrets
      .filter((forms) => !forms.some((form) => sent.includes(form)))
      .flatMap((forms) => forms.filter((form) => text.includes(form))),
    ...linksIn(answer, root).map(({ text: link }) => link),
  ];
}

/** The links to this server in an answer. */
export const linksIn = (answer: unknown, root: string): { field: string; text: string }[] =>
  [...textsIn(answer)].filter(({ text }) => text.startsWith(`${root}/`));
