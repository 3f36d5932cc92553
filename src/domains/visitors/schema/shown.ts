// How addresses, click ids and cookies of visits are shown.
import { may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Viewer } from '#values/viewer.ts';

/** An address as this viewer may see it; null for none. Its parameters may bear names and numbers. */
export function addressFor(viewer: Viewer, companyId: string, address: string): string | null {
  if (!address) return null;
  return may(viewer, 'personal.read', companyId) ? address : (address.split(/[?#]/)[0] ?? null);
}
/** What descriptions say of it. */
export const UNMASKED = 'Without the scope PERSONAL_READ it ends before its parameters.';

export const NamedValue = builder
  .objectRef<{ name: string; value: string }>('NamedValue')
  .implement({
    description: 'A name with a value, such as a click id or a cookie.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'The name: gclid.' }),
      value: t.exposeString('value', { description: 'The value.' }),
    }),
  });

/** The values of a stored object. */
export function namedValues(given: unknown): { name: string; value: string }[] {
  return Object.entries(given as Record<string, string>).map(([name, value]) => ({ name, value }));
}
