// Touchpoint: a step on a lead's way.
import { Source } from '#domains/numbers/index.ts';
import { VisitorSession } from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import type { TouchpointRow } from '../read-attributions.ts';

/** What descriptions say of a visit that may be null. */
export const SESSION_SCOPE = 'null when it was purged, or without the scope LEADS_READ.';

export const Touchpoint = builder.objectRef<TouchpointRow>('Touchpoint').implement({
  description:
    'Something that brought a lead closer: a visit that a source brought to the website (direct ones only where they are a browser’s first), a call to a number that stands in one place, or a form whose landing page was told.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was.' }),
    source: t.field({
      type: Source,
      nullable: true,
      description: 'Where they came from then.',
      resolve: ({ sourceId }) => sourceId,
    }),
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description: `The visit; null when it was a call or a form; ${SESSION_SCOPE}`,
      resolve: ({ id, isVisit }) => (isVisit ? id : null),
    }),
  }),
});
