// scanSite and cancelSiteScan.
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { cancelScan } from '../cancel-scan.ts';
import { scanSite } from '../scan-site.ts';
import { SiteScan } from './refs.ts';

defineMutation('scanSite', {
  description:
    'Looks at the pages of a company’s website, politely, one after the other: follows links within its domains, heeds robots.txt as Switchboard-Scanner. One scan of a website at a time; SITE_SCAN_ENDED says when it is over.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose website.' }),
    url: t.field({
      type: 'URL',
      required: true,
      description: 'The page to begin with, on a domain that the website names.',
    }),
    maxPages: t.int({ description: 'How many pages at most: 1 to 500, 100 when left out.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    scanSite(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    siteScan: t.field({
      type: SiteScan,
      nullable: true,
      description: 'The scan, waiting for a worker. Null without the scope SETTINGS_READ.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('cancelSiteScan', {
  description: 'Ends a scan; what it has read stays. One that is over is left as it is.',
  input: (t) => ({
    siteScanId: t.id({ required: true, description: 'Which scan.' }),
  }),
  run: (input, { platform, viewer }) =>
    cancelScan(platform, viewer, {
      siteScanId: readId(input.siteScanId, 'SiteScan', 'siteScanId'),
    }),
  payload: (t) => ({
    siteScan: t.field({
      type: SiteScan,
      nullable: true,
      description: 'The scan as it is now. Null without the scope SETTINGS_READ.',
      resolve: ({ id }) => id,
    }),
  }),
});
