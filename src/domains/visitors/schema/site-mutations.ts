// updateSite and rotateSiteKey.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { rotateSiteKey } from '../rotate-site-key.ts';
import { type SitePatch, updateSite } from '../update-site.ts';
import { Site } from './refs.ts';

defineMutation('updateSite', {
  description:
    'Changes the website of a company; the first change makes it, with its key. Pages notice within seconds.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose website.' }),
    domains: t.stringList({
      description:
        'All domains of its pages, up to 100 host names such as example.com; subdomains are meant too.',
    }),
    enabled: t.boolean({ description: 'Whether its pages are heard; on at first.' }),
    cookieDays: t.int({
      description: 'How long a visitor is remembered after each visit: 1 to 180 days; 90 at first.',
    }),
    paidClickOverrides: t.boolean({
      description:
        'Whether a click on an ad replaces the source that a visitor first had; off at first.',
    }),
    landingOverrideParameter: t.string({
      description:
        'A URL parameter that, whatever its value, does the same for who lands with it; null for none.',
    }),
    customCookies: t.stringList({
      description: 'Names of cookies to keep with a session: up to 20. None at first.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateSite(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    } as SitePatch),
  payload: (t) => ({
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The website as it is now.',
      resolve: (site) => site,
    }),
  }),
});

defineMutation('rotateSiteKey', {
  description:
    'Gives a website a new key, for when the old one stands in pages of others. Put the new one into your pages within the overlap.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose website.' }),
    overlapSeconds: t.int({
      description:
        'How long the old key is taken as well: 0 to 86,400; a day when left out. 0 ends it at once.',
    }),
    ...expectedVersion(t),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    rotateSiteKey(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The website with its new key.',
      resolve: (site) => site,
    }),
  }),
});
