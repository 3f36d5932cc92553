// assignNumbers.
import { builder } from '#graphql/builder.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { assignNumbers } from '../assign-numbers.ts';
import type { Swap } from '../swaps.ts';
import { VisitorSession } from './refs.ts';

const NumberSwap = builder.objectRef<Swap>('NumberSwap').implement({
  description: 'A number to show in the place of another.',
  fields: (t) => ({
    target: t.expose('target', {
      type: 'PhoneNumber',
      description: 'The number that the page has.',
    }),
    number: t.expose('number', {
      type: 'PhoneNumber',
      description: 'The tracking number to show instead.',
    }),
    sms: t.exposeBoolean('sms', { description: 'Whether it can be texted.' }),
  }),
});

defineMutation('assignNumbers', {
  description:
    'Assigns numbers to a page that is made on a server, as a visit of the browser would: the session goes on or begins, and holds the numbers of pools for two minutes, by which time the page’s script keeps them.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose page.' }),
    url: t.field({ type: 'URL', required: true, description: 'The address of the page.' }),
    referrer: t.string({ description: 'The Referer header of the request; none when left out.' }),
    visitorId: t.string({
      description:
        'The UUID in the visitor’s cookie. Left out for who has given no consent: nothing is kept, and no number of a pool is given.',
    }),
    numbers: t.field({
      type: ['PhoneNumber'],
      required: true,
      description: 'The numbers that the page has, up to 50.',
    }),
    userAgent: t.string({ description: 'The User-Agent header; of bots nothing is kept.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    assignNumbers(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description:
        'The session; null for a visitor of whom nothing is kept, or without the scope LEADS_READ.',
      resolve: ({ sessionId }) => sessionId,
    }),
    sessionId: t.string({
      nullable: true,
      description: 'The session as the script knows it: hand it on to the page.',
      resolve: ({ sessionId }) => sessionId,
    }),
    swaps: t.field({
      type: [NumberSwap],
      nullable: true,
      description: 'What to show in the place of what; a number that is not in it stays as it is.',
      resolve: ({ swaps }) => swaps,
    }),
  }),
});
