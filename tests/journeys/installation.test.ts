// A website is looked at through the public doors: what its pages print, whose numbers these are, whether the script is on
// them; one scan at a time, told live, cancelled, and seen by nobody else. And whether it is set up rightly, by what arrives.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { stranger } from '#tests/platform/outbound/stranger.ts';
import { openTown } from '#tests/support/town.ts';
import { SCRIPT_VERSION } from '#values/script-version.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const pages = new Map<string, string>();
const held: ServerResponse[] = [];
const { port } = await stranger(({ url = '' }: IncomingMessage, response) => {
  if (url === '/held') return void held.push(response);
  const body = pages.get(url);
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(body);
});
const home = `http://127.0.0.1:${port}`;

const ERRORS = 'userErrors { code message field }';
const SCAN = `mutation($input: ScanSiteInput!) { scanSite(input: $input) {
  siteScan { id state url pagesFound maxPages } ${ERRORS} } }`;
const READ = `query($id: ID!) { node(id: $id) { ... on SiteScan {
  state failure { code } pagesRead pagesUnread isCut startedAt endedAt
  numbers { totalCount nodes { number printedIn times pageCount examplePages standing whatToDo tracker { id } } }
  pages(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { ...Facts } } } } }
  fragment Facts on ScannedPage { url state status script blockedBy problem { code }
    numbers { number written printedIn standing hidden } }`;

it('says what the pages print, and whose it is', async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId = companies.nodes[0].id;
  const scan = (input: object = {}) =>
    town.answer(SCAN, { input: { companyId, url: `${home}/`, ...input } });
  const refusal = async (input: object = {}) => (await scan(input)).data.scanSite.userErrors[0];
  expect(await refusal()).toMatchObject({ code: 'NOT_FOUND', field: ['companyId'] });

  const { updateSite } = await town.ask(
    `mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { snippet } ${ERRORS} } }`,
    { input: { companyId, domains: ['bluebird.example'] } },
  );
  const tracker = await town.tracker({ match: { kind: 'ALWAYS' } });
  const { snippet } = updateSite.site;
  pages.set('/', `<head>${snippet}</head><p>Call ${tracker.destination} <a href="/old">old</a>`);
  pages.set(
    '/old',
    `<meta http-equiv="Content-Security-Policy" content="script-src 'self'"><p hidden>(646) 555-0134
     <a href="tel:${tracker.number}">Call</a> <a href="/gone">gone</a>`,
  );

  expect(await refusal({ url: 'https://elsewhere.example/' })).toMatchObject({
    code: 'INVALID_INPUT',
    field: ['url'],
    message: expect.stringContaining('elsewhere.example is none of them'),
  });
  expect(await refusal({ url: 'http://[::1]/' })).toMatchObject({
    code: 'INVALID_INPUT',
    message:
      'url cannot be scanned: ::1 is not a public address (loopback); for development start the server with WEBHOOK_ALLOW_HOSTS=::1.',
  });
  expect(await refusal({ maxPages: 501 })).toMatchObject({ field: ['maxPages'] });

  const [one, two] = await Promise.all([
    scan({ idempotencyKey: 'scan' }),
    scan({ idempotencyKey: 'scan' }),
  ]);
  const { id } = one.data.scanSite.siteScan;
  expect(two.data.scanSite.siteScan.id).toBe(id);
  const read = async () => (await town.ask(READ, { id })).node;
  await town.until('the scan is over', async () => (await read()).endedAt);
  const report = await read();
  expect(report).toMatchObject({ state: 'DONE', failure: null, pagesRead: 2, pagesUnread: 1 });
  const known = { times: 1, pageCount: 1, whatToDo: expect.any(String) };
  const old = { ...known, examplePages: [`${home}/old`] };
  const numbers = [
    {
      ...known,
      number: tracker.destination,
      printedIn: ['TEXT'],
      examplePages: [`${home}/`],
      standing: 'SWAP_TARGET',
      whatToDo: null,
      tracker: null,
    },
    { ...old, number: '+16465550134', printedIn: ['TEXT'], standing: 'UNKNOWN', tracker: null },
    {
      ...old,
      number: tracker.number,
      printedIn: ['TEL_LINK'],
      standing: 'TRACKING_NUMBER',
      tracker: { id: tracker.id },
    },
  ];
  expect(report.numbers.totalCount).toBe(3);
  expect(report.numbers.nodes).toEqual(numbers.sort((a, b) => (a.number < b.number ? -1 : 1)));
  expect(report.pages.totalCount).toBe(3);
  expect(report.pages.nodes).toMatchObject([
    { url: `${home}/`, state: 'READ', status: 200, script: 'INSTALLED', blockedBy: null },
    {
      url: `${home}/old`,
      script: 'MISSING',
      blockedBy: "script-src 'self'",
      numbers: expect.arrayContaining([
        expect.objectContaining({ written: '(646) 555-0134', hidden: 1 }),
      ]),
    },
  ]);
  const { node } = await town.ask(
    `query($id: ID!, $after: Cursor) { node(id: $id) { ... on SiteScan {
       pages(first: 2, after: $after) { nodes { url state status problem { code } } } } } }`,
    { id, after: report.pages.pageInfo.endCursor },
  );
  expect(node.pages.nodes).toEqual([
    { url: `${home}/gone`, state: 'UNREAD', status: 404, problem: { code: 'HTTP_ERROR' } },
  ]);

  pages.set('/', '<a href="/held">');
  const running = await scan();
  const second = await refusal();
  expect(second).toMatchObject({ code: 'WRONG_STATE', field: ['companyId'] });
  expect(second.message).toContain('cancelSiteScan');
  await town.until('a page is being read', () => held.length > 0);
  const cancel = `mutation($input: CancelSiteScanInput!) { cancelSiteScan(input: $input) {
    siteScan { id state pagesRead } ${ERRORS} } }`;
  const input = { siteScanId: running.data.scanSite.siteScan.id };
  const stranger = await town.stranger();
  const foreign = await town.answer(cancel, { input }, stranger.key);
  expect(foreign.data.cancelSiteScan.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const { cancelSiteScan } = await town.ask(cancel, { input });
  expect(cancelSiteScan.siteScan).toMatchObject({ state: 'CANCELLED', pagesRead: 1 });
  held[0]?.end();
  expect((await town.ask(cancel, { input })).cancelSiteScan.siteScan.state).toBe('CANCELLED');

  await town.sees('SITE_SCAN_STARTED');
  await town.until('both ends are told', () => {
    return town.seen(({ type }) => type === 'SITE_SCAN_ENDED').length === 2;
  });
  const { siteScans } = await town.ask(
    '{ siteScans(filter: { states: [DONE, CANCELLED] }) { totalCount nodes { state } } }',
  );
  expect(siteScans).toEqual({ totalCount: 2, nodes: [{ state: 'CANCELLED' }, { state: 'DONE' }] });
  const others = await town.answer(
    `{ siteScans { totalCount } node(id: "${id}") { id } }`,
    {},
    stranger.key,
  );
  expect(others.data).toEqual({ siteScans: { totalCount: 0 }, node: null });
});

it('says whether the website is set up rightly, by what arrived from it', async () => {
  const { createCompany } = await town.ask(
    `mutation { createCompany(input: { name: "Roofs" }) { company { id } ${ERRORS} } }`,
  );
  const companyId = createCompany.company.id;
  const health = async () => {
    const { installationHealth } = await town.ask(
      `query($id: ID!) { installationHealth(companyId: $id) { state visits deniedVisits targetVisits unservedVisits
         latestScan { id } checkedAt company { id } checks { code state message whatToDo examples } } }`,
      { id: companyId },
    );
    const { checks, ...all } = installationHealth;
    return {
      ...all,
      of: (wanted: string) => checks.find(({ code }: { code: string }) => code === wanted),
    };
  };
  expect((await health()).of('SITE')).toMatchObject({ state: 'FAULT' });

  const { updateSite } = await town.ask(
    `mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { publishableKey } ${ERRORS} } }`,
    { input: { companyId, domains: ['roofs.example', 'roofs2.example'] } },
  );
  const key = updateSite.site.publishableKey;
  const tracker = await town.tracker({ companyId, match: { kind: 'ALWAYS' } });
  const sends = (body: object, origin = 'https://www.roofs.example') =>
    fetch(`${town.server.url}/collect/visit`, {
      method: 'POST',
      headers: { origin, 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
      body: JSON.stringify({
        key,
        at: Date.now(),
        id: randomUUID(),
        url: `${origin}/`,
        referrer: '',
        consent: 'granted',
        visitor: randomUUID(),
        script: SCRIPT_VERSION,
        numbers: [tracker.destination],
        ...body,
      }),
    });
  await town.until('the tracker is on the pages', async () => {
    const { swaps } = await (await sends({})).json();
    return swaps.length === 1;
  });
  const { visits: before } = await town.until('visits are counted', async () => {
    const now = await health();
    return now.visits > 0 && now;
  });
  expect((await sends({ numbers: [], script: undefined })).status).toBe(200);
  expect((await sends({ consent: 'denied', visitor: undefined })).status).toBe(200);
  expect((await sends({}, 'https://copy.example')).status).toBe(403);
  const rotated = `mutation($input: RotateSiteKeyInput!) { rotateSiteKey(input: $input) { site { publishableKey } ${ERRORS} } }`;
  await town.ask(rotated, { input: { companyId, overlapSeconds: 3_600 } });
  const now = await town.until('all of it is counted', async () => {
    const told = await health();
    return told.visits === before + 2 && told.of('ORIGINS').state === 'NOTICE' && told;
  });
  expect(now).toMatchObject({ deniedVisits: 1, unservedVisits: 0, latestScan: null });
  expect(now.targetVisits).toBe(now.visits - 2);
  expect(now.of('SITE')).toMatchObject({ state: 'WELL', whatToDo: null });
  expect(now.of('VISITS').message).toContain(`${now.visits} visits arrived`);
  expect(now.of('DOMAINS')).toMatchObject({ state: 'NOTICE', examples: ['roofs2.example'] });
  expect(now.of('ORIGINS')).toMatchObject({ state: 'NOTICE', examples: ['copy.example'] });
  expect(now.of('KEY')).toMatchObject({ state: 'NOTICE' });
  // on the day on which the present one came the older one is nobody's copy
  expect(now.of('SCRIPT')).toMatchObject({ state: 'WELL', examples: [] });
  expect(now.of('TARGETS')).toMatchObject({ state: 'WELL', examples: [tracker.destination] });
  expect(now.of('SWAPS')).toMatchObject({ state: 'WELL' });
  expect(now.of('PAGES')).toMatchObject({ state: 'UNKNOWN' });

  const faults = '{ checks(states: [FAULT]) { code } }';
  const { installationHealth } = await town.ask(
    `{ installationHealth(companyId: "${companyId}") ${faults} }`,
  );
  expect(installationHealth.checks).toEqual([]);
  const stranger = await town.stranger();
  const asked = await town.answer(
    `{ installationHealth(companyId: "${companyId}") { state } }`,
    {},
    stranger.key,
  );
  expect(asked.errors?.[0]?.message).toContain('There is no Company');
});
