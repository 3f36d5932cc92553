// A form of a page: sent through the collect door, kept once, and read with its lead and its source.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { ORIGIN } from '#tests/domains/visitors/website.ts';
import { textBesideIds } from '#tests/support/text-beside-ids.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk();
const ADA = { 'Your name': 'Ada Caller', phone: '(415) 555-0134', email: 'Ada@Example.com' };

describe('a form that a visitor sends', () => {
  it('is an interaction with its fields, lead, visit and source', async () => {
    const { browser, viewer } = await desk.settle();
    const ada = browser();
    await ada.visits({ url: `${ORIGIN}/?utm_source=news&utm_medium=email&utm_campaign=May` });
    await ada.views('/contact', { title: 'As it was before' });
    desk.clock.advance(60_000);
    await ada.views('/contact#form', { title: 'Write to us' });
    const form = { id: 'contact', name: 'Contact', action: '/send?token=abc' };
    const sent = await ada.sends({ ...ADA, message: 'Please call' }, { form });
    expect(sent).toMatchObject({ status: 204, body: null });
    expect(sent.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    const [row, ...others] = await desk.forms(viewer);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      form: { id: 'contact', name: 'Contact', action: '/send' },
      formUrl: `${ORIGIN}/contact`,
      page: { url: `${ORIGIN}/contact#form`, title: 'Write to us', referrer: `${ORIGIN}/` },
      fields: [
        { name: 'Your name', value: 'Ada Caller' },
        { name: 'phone', value: '(415) 555-0134' },
        { name: 'email', value: 'Ada@Example.com' },
        { name: 'message', value: 'Please call' },
      ],
      source: { medium: 'email', campaign: 'May' },
      lead: { name: 'Ada Caller', phoneNumbers: ['+14155550134'], emails: ['ada@example.com'] },
      isFirst: true,
      spamScore: 0,
      leadStatus: 'NOT_SCORED',
      version: 1,
    });
    expect(row.session.id).toBeTruthy();
  });

  it('is stored once however often it comes, and told of once', async () => {
    const { browser, viewer, accountId } = await desk.settle();
    const ada = browser();
    await ada.visits();
    const id = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => ada.sends(ADA, { id })));
    desk.clock.advance(3_600_000);
    answers.push(await ada.sends({ ...ADA, message: 'again' }, { id }));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(await desk.forms(viewer)).toHaveLength(1);
    const told = await desk.db.prisma.event.findMany({
      where: { accountId, type: { in: ['form.submitted', 'lead.created'] } },
    });
    expect(told.map(({ type }) => type).sort()).toEqual(['form.submitted', 'lead.created']);
    const text = textBesideIds(told.map(({ payload }) => payload));
    expect(text).not.toMatch(/ada|555/i);
  });

  it('without a visitor, and with another’s session, is kept without a visit', async () => {
    const { browser, viewer } = await desk.settle();
    const [ada, eve] = [browser(), browser()];
    await ada.visits();
    expect((await eve.sends(ADA, { visitor: null, session: null })).status).toBe(204);
    expect((await eve.sends(ADA, { session: ada.session() })).status).toBe(204);
    expect((await eve.sends(ADA, { visitor: null, session: ada.session() })).status).toBe(204);
    const elsewhere = (await desk.settle()).browser();
    await elsewhere.visits();
    const foreign = { visitor: elsewhere.visitor, session: elsewhere.session() };
    expect((await eve.sends(ADA, foreign)).status).toBe(204);
    const rows = await desk.forms(viewer);
    expect(rows.map(({ session, page, source }: never) => [session, page, source])).toEqual(
      Array(4).fill([null, null, null]),
    );
    expect(rows.filter((row: { isFirst: boolean }) => row.isFirst)).toHaveLength(1);
  });
});

it('a form sent before the visit was answered, by a clock that is slow, belongs to that visit and is no older', async () => {
  const { browser, viewer, accountId } = await desk.settle();
  const ada = browser();
  await ada.visits();
  const now = desk.clock.now(accountId);
  await ada.sends(ADA, { session: null, at: now.getTime() - 120_000 });
  const [row] = await desk.forms(viewer);
  expect(row).toMatchObject({
    session: { id: encodeGlobalId('VisitorSession', ada.session() ?? '') },
    submittedAt: now.toISOString(),
  });
});

describe('what is not taken', () => {
  it('is refused by the field that is to blame, and nothing is kept', async () => {
    const { browser, viewer } = await desk.settle();
    const ada = browser();
    const long = await ada.sends({ ...ADA, message: 'x'.repeat(10_001) });
    expect(long).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', field: 'fields' } });
    expect(long.body.message).toContain('"message"');
    const many = Array.from({ length: 201 }, (_, n) => [`f${n}`, 'x']);
    expect((await ada.sends(many)).body.message).toContain('at most 200 fields, not 201');
    for (const fields of [null, 'x', [['a']], [[1, 'x']], { a: { b: 1 } }, { '': 'x' }]) {
      const answer = await ada.sends(fields as object);
      expect(answer, JSON.stringify(fields)).toMatchObject({
        status: 400,
        body: { field: 'fields' },
      });
    }
    expect((await ada.sends(ADA, { id: 'x' })).body).toMatchObject({ field: 'id' });
    expect((await ada.sends({ a: 'x'.repeat(65_536) })).status).toBe(413);
    expect(await desk.forms(viewer)).toEqual([]);
  });

  it('comes from other domains, by its origin or by its address', async () => {
    const { browser, key, viewer } = await desk.settle();
    const thief = browser({ origin: 'https://thief.example' });
    const answer = await thief.sends(ADA);
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORM_DOMAIN_NOT_ALLOWED' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const lying = await browser().sends(ADA, { url: 'https://thief.example/contact' });
    expect(lying).toMatchObject({ status: 403, body: { code: 'FORM_DOMAIN_NOT_ALLOWED' } });
    expect((await browser().sends(ADA, { key: `${key}x` })).body.code).toBe('UNKNOWN_KEY');
    expect(await desk.forms(viewer)).toEqual([]);
  });

  it('holds secrets, which are left out of what is kept', async () => {
    const { browser, viewer, accountId } = await desk.settle();
    const secrets = { password: 'hunter2!', 'cc-csc': '123', card: '4111 1111 1111 1111' };
    const polluting = JSON.parse('{"__proto__":"x"}');
    await browser().sends({
      ...ADA,
      ...secrets,
      _token: 'abc',
      ...polluting,
      age: 7,
      pick: ['a', 'b'],
    });
    const [form] = await desk.forms(viewer);
    const names = form.fields.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['Your name', 'phone', 'email', '__proto__', 'age', 'pick', 'pick']);
    const rows = await desk.db.pool.query(
      'select f::text as row from form_submission f where account_id = $1',
      [accountId],
    );
    // ids are drawn, and may hold any digits
    const row = rows.rows[0].row.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '');
    expect(row).not.toMatch(/hunter2|4111|abc/);
  });

  it('are too many forms of one address', async () => {
    const { browser } = await desk.settle();
    const office = browser({ 'x-forwarded-for': '198.51.100.7' });
    const tries = Array.from({ length: 61 }, () => office.sends(ADA, { key: 'unknown' }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('whose a form is', () => {
  it('tells its telephone number first; what another lead is known by stays there', async () => {
    const { browser, viewer } = await desk.settle();
    const ada = browser();
    for (const fields of [
      { phone: '+14155550134' },
      { email: 'ada@example.com' },
      { phone: '+14155550134', email: 'ada@example.com', name: 'Ada' },
      { phone: '+14155550134', email: 'work@example.com' },
    ]) {
      await ada.sends(fields);
      desk.clock.advance(1_000);
    }
    const rows = await desk.forms(viewer);
    const byForm = rows.map(({ lead }: { lead: { id: string } }) => lead.id).reverse();
    expect(byForm).toEqual([byForm[0], byForm[1], byForm[0], byForm[0]]);
    expect(byForm[1]).not.toBe(byForm[0]);
    expect(rows[0].lead).toMatchObject({
      name: 'Ada',
      phoneNumbers: ['+14155550134'],
      emails: ['work@example.com'],
    });
    expect(rows.map(({ isFirst }: { isFirst: boolean }) => isFirst)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('many at once make one lead', async () => {
    const { browser, viewer } = await desk.settle();
    const ada = browser();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        ada.sends({ email: 'ada@example.com', ...(n % 2 && { phone: '+14155550134' }) }),
      ),
    );
    const rows = await desk.forms(viewer);
    expect(rows).toHaveLength(8);
    expect(new Set(rows.map(({ lead }: { lead: { id: string } }) => lead.id)).size).toBe(1);
    expect(rows.filter(({ isFirst }: { isFirst: boolean }) => isFirst)).toHaveLength(1);
  });
});

describe('spam', () => {
  it('is kept with its score and its reasons, also of bots', async () => {
    const { browser, viewer, accountId } = await desk.settle();
    const bot = browser({ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    const message = 'Dear Sir, we sell many fine doors to garages.';
    for (const n of [1, 2, 3]) await browser().sends({ email: `eve${n}@example.com`, message });
    desk.clock.advance(1_000);
    await bot.sends({ email: 'eve4@example.com', message }, { trap: 'x', filledMs: 5 });
    const [form, before] = await desk.forms(viewer);
    expect(form).toMatchObject({ spamScore: 100 });
    expect(form.spamReasons).toContain('SAME_TEXT');
    expect(before).toMatchObject({ spamScore: 0, spamReasons: [] });
    expect(await desk.forms(viewer, { spamScoreBelow: 50 })).toHaveLength(3);
    // what others send later speaks of nobody who sent it before
    const at = desk.clock.now(accountId).getTime() - 60_000;
    await browser().sends({ email: 'first@example.com', message }, { at });
    const [first] = (await desk.forms(viewer)).slice(-1);
    expect(first).toMatchObject({ lead: { emails: ['first@example.com'] }, spamReasons: [] });
  });
});

describe('people and servers', () => {
  const FORM =
    'formSubmission { id version note leadStatus value { amountCents } tags { name } fields { name } source { medium } session { id } lead { id } }';

  it('note, score and tag a form; later ones of its lead follow, and it is told', async () => {
    const { browser, viewer, accountId } = await desk.settle();
    const ada = browser();
    await ada.sends(ADA);
    desk.clock.advance(60_000);
    await ada.sends(ADA);
    const [later, first] = await desk.forms(viewer);
    const input = {
      formSubmissionId: first.id,
      note: 'Call back',
      valueCents: 500,
      leadStatus: 'GOOD_LEAD',
      tags: ['Hot'],
    };
    const changed = await desk.change(viewer, 'updateFormSubmission', input, FORM);
    expect(changed).toMatchObject({
      formSubmission: {
        version: 2,
        note: 'Call back',
        leadStatus: 'GOOD_LEAD',
        value: { amountCents: 500 },
        tags: [{ name: 'Hot' }],
      },
      userErrors: [],
    });
    const [after] = await desk.forms(viewer, { leadStatuses: ['PREVIOUSLY_MARKED_GOOD_LEAD'] });
    expect(after.id).toBe(later.id);
    expect(await desk.forms(viewer, { tags: ['Hot'] })).toHaveLength(1);
    const told = await desk.db.prisma.event.findMany({
      where: { accountId, type: 'form.updated' },
    });
    expect(told).toHaveLength(2);
    const again = { formSubmissionId: later.id, leadStatus: 'GOOD_LEAD' };
    const refused = await desk.change(
      viewer,
      'updateFormSubmission',
      again,
      'formSubmission { id }',
    );
    expect(refused.userErrors[0].code).toBe('ALREADY_GOOD_LEAD');
  });

  it('bring forms in once a key, with a visit or with the pages that tell the source', async () => {
    const { browser, viewer, accountId, companyId, otherCompanyId } = await desk.settle();
    const ada = browser();
    await ada.visits({ url: `${ORIGIN}/?utm_source=news&utm_medium=email` });
    const input = {
      companyId: encodeGlobalId('Company', companyId),
      fields: [
        { name: 'email', value: 'ada@example.com' },
        { name: 'password', value: 'hunter2!' },
      ],
      sessionId: encodeGlobalId('VisitorSession', ada.session() ?? ''),
      idempotencyKey: 'form-1',
    };
    const create = (given: object) => desk.change(viewer, 'createFormSubmission', given, FORM);
    const made = await create(input);
    expect(made.userErrors).toEqual([]);
    expect(made.formSubmission).toMatchObject({
      fields: [{ name: 'email' }],
      source: { medium: 'email' },
      session: { id: input.sessionId },
    });
    expect((await create(input)).formSubmission.id).toBe(made.formSubmission.id);
    const { sessionId: _, ...without } = input;
    const landing = {
      landingPageUrl: `${ORIGIN}/?gclid=abc123&utm_term=door`,
      referrer: 'https://www.google.com/',
    };
    const other = await create({ ...without, ...landing, idempotencyKey: 'form-2' });
    expect(other.formSubmission).toMatchObject({ source: { medium: 'cpc' }, session: null });
    expect(other.formSubmission.lead.id).toBe(made.formSubmission.lead.id);
    const { id } = other.formSubmission;
    const interactionId = decodeGlobalId(id)?.id ?? '';
    await attributeInteractionHandler(desk).run({ accountId, interactionId }, {} as never);
    const facts = `query($id: ID!) { node(id: $id) { ... on FormSubmission {
      session { id } landingPageUrl referrer keyword clickIds { name value } attribution { basis } } } }`;
    const shown = {
      session: null,
      ...landing,
      keyword: 'door',
      attribution: { basis: 'SOURCE_TOLD' },
    };
    const clickIds = [{ name: 'gclid', value: 'abc123' }];
    expect((await desk.ask(viewer, facts, { id })).node).toEqual({ ...shown, clickIds });
    const scopes = viewer.scopes.filter((scope) => scope !== 'leads:read');
    const stranger = { ...viewer, actor: { kind: 'key', id: 'x' }, scopes } as typeof viewer;
    expect((await desk.ask(stranger, facts, { id })).node).toMatchObject({
      ...{ landingPageUrl: null, referrer: null, keyword: null, clickIds: [] },
    });
    const alone = await create({ ...without, referrer: landing.referrer, idempotencyKey: null });
    expect(alone.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['referrer'] }]);
    const elsewhere = { ...input, companyId: encodeGlobalId('Company', otherCompanyId) };
    const refused = await create({ ...elsewhere, idempotencyKey: null });
    expect(refused.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['sessionId'] }]);
    const future = { ...without, submittedAt: '2099-01-01T00:00:00.000Z', idempotencyKey: null };
    const before = { ...input, submittedAt: '2020-01-01T00:00:00.000Z', idempotencyKey: null };
    for (const wrong of [future, before]) {
      expect((await create(wrong)).userErrors).toMatchObject([{ field: ['submittedAt'] }]);
    }
    expect(await desk.forms(viewer)).toHaveLength(2);
  });

  it('without the scope see no form, and without that of people no words of one', async () => {
    const { browser, viewer } = await desk.settle();
    await browser().sends(ADA, { url: `${ORIGIN}/contact?name=ada` });
    const scopes = viewer.scopes.filter((scope) => scope !== 'personal:read');
    const [form] = await desk.forms({
      ...viewer,
      actor: { kind: 'key', id: 'x' },
      scopes,
    } as never);
    expect(form.formUrl).toBe(`${ORIGIN}/contact`);
    expect(new Set(form.fields.map(({ value }: { value: string }) => value))).toEqual(
      new Set(['•••']),
    );
    const blind = viewer.scopes.filter((scope) => scope !== 'forms:read');
    const stranger = { ...viewer, scopes: blind } as typeof viewer;
    await expect(desk.forms(stranger)).rejects.toThrow('FORMS_READ');
    const timeline =
      'query($id: ID!) { node(id: $id) { ... on Lead { interactions(first: 5) { totalCount nodes { __typename id } } } } }';
    const [{ lead }] = await desk.forms(viewer);
    const shown = await desk.ask(viewer, timeline, { id: lead.id });
    expect(shown.node.interactions).toMatchObject({
      totalCount: 1,
      nodes: [{ __typename: 'FormSubmission' }],
    });
    const hidden = await desk.ask(stranger, timeline, { id: lead.id });
    expect(hidden.node.interactions).toEqual({ totalCount: 0, nodes: [] });
  });
});
