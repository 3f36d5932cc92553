// Site: what the pages of a company have in common.
import { Company, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { deniedVisitsOf, sitesOf } from '../read-sites.ts';
import { tagOf } from '../tag-of.ts';
import { Site } from './refs.ts';

Site.implement({
  description:
    'The website of a company, as far as its visitors are told apart: the key and the settings of the script in its pages.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company whose pages it has.',
      resolve: (site) => site.companyId,
    }),
    publishableKey: t.exposeString('publishableKey', {
      description: 'The key that stands in its pages. It is no secret.',
    }),
    previousKeyExpiresAt: t.expose('previousKeyUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the key before it is taken; null when there is none.',
    }),
    snippet: t.string({
      description:
        'The line of HTML to put into the head of each page; it names `customCookies`, so take it anew when those change. The page waits for the script, of 6 KB, which browsers keep: so a visitor who comes back sees their number from the first paint on. Where a page must not wait for this server, use `asyncSnippet`.',
      resolve: (site, _args, { platform }) => tagOf(site, platform.publicUrl()),
    }),
    asyncSnippet: t.string({
      description:
        'The same line for pages that do not wait for the script: a page may be painted with the number that stands in it, and change it then.',
      resolve: (site, _args, { platform }) => tagOf(site, platform.publicUrl(), ' async'),
    }),
    domains: t.exposeStringList('domains', {
      description:
        'The domains of its pages; their subdomains are meant too. Nothing is taken from pages elsewhere.',
    }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Whether its pages are heard. Off: they show the numbers that stand in them.',
    }),
    cookieDays: t.exposeInt('cookieDays', {
      description: 'How many days a visitor is remembered after each visit: 1 to 180.',
    }),
    paidClickOverrides: t.exposeBoolean('paidClickOverrides', {
      description: 'Whether a visitor who clicks on an ad has that source from then on.',
    }),
    landingOverrideParameter: t.exposeString('landingOverrideParameter', {
      nullable: true,
      description:
        'A URL parameter: who lands with it has the source of that visit from then on. Null for none.',
    }),
    customCookies: t.exposeStringList('customCookies', {
      description: 'The cookies of the site that are kept with a session, by their names.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a page with its script was last opened, to the minute; null for never.',
    }),
    deniedVisits: t.loadable({
      type: 'Int',
      description:
        'Visits of the last 30 days whose visitors gave no consent: nothing but this count is kept of them.',
      load: async (companyIds: string[], { platform, viewer }: Context) => {
        const counts = await deniedVisitsOf(platform, viewer, companyIds);
        return companyIds.map((id) => counts.get(id) ?? 0);
      },
      resolve: (site) => site.companyId,
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

builder.objectField(Company, 'site', (t) =>
  t.loadable({
    type: Site,
    nullable: true,
    description:
      'Its website; null before `updateSite` has made it, or without the scope SETTINGS_READ.',
    load: async (companyIds: string[], { platform, viewer }: Context) => {
      const sites = await sitesOf(platform, viewer, companyIds);
      const byCompany = new Map(sites.map((site) => [site.companyId, site]));
      return companyIds.map((id) => byCompany.get(id) ?? null);
    },
    resolve: (company, _args, { viewer }) =>
      may(viewer, 'sites.read', company.id) ? company.id : null,
  }),
);
