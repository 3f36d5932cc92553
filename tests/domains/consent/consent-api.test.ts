// Consent through the API: recorded with its proof, judged by people, read with its ledger, masked, and gone with a person.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  consentSubject,
  judgeConsent,
  readConsent,
  recordInbound,
} from '#domains/consent/index.ts';
import { openLeadCenter } from '#tests/domains/agents/lead-center.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const center = await openLeadCenter();
const { db, events, clock } = center;
const NUMBER = '+14155550134';
const CONSENT = `consent { id state version optedInAt optedOutAt impliedUntil phoneNumber company { id }
  request { kind at } entries(first: 10) { totalCount nodes { kind source recordedBy { kind } evidence { url shownText ipAddress reference } } } }`;
const LIST = `query($filter: ConsentFilter) { consents(filter: $filter) { totalCount nodes { id state phoneNumber
  entries { nodes { evidence { reference } } } } } }`;

async function settle() {
  const here = await center.settle();
  const { accountId, companyId, viewer } = here;
  const company = encodeGlobalId('Company', companyId);
  const records = (input: object, as = viewer) =>
    center.change(
      as,
      'recordConsent',
      { companyId: company, phoneNumber: NUMBER, ...input },
      CONSENT,
    );
  const reviews = (input: object, as = viewer) =>
    center.change(as, 'reviewOptOutRequest', input, CONSENT);
  const texts = (text: string, number = NUMBER) =>
    db.transaction(async (tx) => {
      await events.lock(tx, accountId, [consentSubject(companyId, number)]);
      const receivedAt = clock.now(accountId);
      const message = { accountId, companyId, number, text, receivedAt, messageId: randomUUID() };
      await recordInbound(tx, center, message);
    });
  const stands = async () =>
    judgeConsent(
      await readConsent(db.prisma, center, accountId, companyId, NUMBER),
      clock.now(accountId),
    );
  const list = async (filter: object, as = viewer) =>
    (await center.ask(as, LIST, { filter })).consents;
  return { ...here, company, records, reviews, texts, stands, list };
}

const codes = ({ userErrors }: { userErrors: { code: string; field: string[] }[] }) =>
  userErrors.map(({ code, field }) => `${code} ${field.join('.')}`);
const byVoice = { kind: 'OPT_IN', source: 'VERBAL', evidence: { reference: 'call 7' } };

describe('an opt-in', () => {
  it('stands with its proof until they opt out, by whatever means', async () => {
    const { records, stands, company, viewer } = await settle();
    const evidence = {
      url: 'https://garage.example/contact',
      shownText: 'Text me about my order',
      ipAddress: '203.0.113.7',
    };
    const made = await records({ kind: 'OPT_IN', source: 'FORM', evidence });
    expect(made).toMatchObject({
      userErrors: [],
      consent: {
        ...{ state: 'OPTED_IN', phoneNumber: NUMBER, company: { id: company }, version: 1 },
        entries: {
          totalCount: 1,
          nodes: [{ kind: 'OPT_IN', source: 'FORM', evidence: { ...evidence, reference: null } }],
        },
      },
    });
    clock.advance(400 * 86_400_000);
    expect(await stands()).toBeNull();
    const out = await records({ kind: 'OPT_OUT', source: 'EMAIL' });
    expect(out.consent).toMatchObject({ state: 'OPTED_OUT', version: 2 });
    expect(await stands()).toBe('OPTED_OUT');
    const before = new Date(clock.now(viewer.accountId).getTime() - 1).toISOString();
    expect(codes(await records({ ...byVoice, at: before }))).toEqual(['INVALID_INPUT at']);
    clock.advance(1);
    expect((await records(byVoice)).consent.state).toBe('OPTED_IN');
  });

  it('takes a proof, and a time that has been; a box that was not ticked gives none', async () => {
    const { records, stands, viewer, list } = await settle();
    const form = { kind: 'OPT_IN', source: 'FORM' };
    const url = 'https://garage.example/';
    for (const [input, refusal] of [
      [form, 'INVALID_INPUT evidence'],
      [{ ...form, evidence: { url } }, 'INVALID_INPUT evidence'],
      [{ ...form, evidence: { url, shownText: '  ' } }, 'INVALID_INPUT evidence'],
      [{ kind: 'OPT_IN', source: 'IMPORT', evidence: {} }, 'INVALID_INPUT evidence'],
      [
        { ...byVoice, evidence: { reference: 'x'.repeat(2_001) } },
        'INVALID_INPUT evidence.reference',
      ],
      [
        { ...byVoice, evidence: { reference: 'x', ipAddress: 'here' } },
        'INVALID_INPUT evidence.ipAddress',
      ],
      [
        { ...byVoice, at: new Date(clock.now(viewer.accountId).getTime() + 1).toISOString() },
        'INVALID_INPUT at',
      ],
      [{ ...byVoice, companyId: encodeGlobalId('Company', randomUUID()) }, 'NOT_FOUND companyId'],
    ] as const) {
      expect(codes(await records(input))).toEqual([refusal]);
    }
    expect([await stands(), (await list({})).totalCount]).toEqual(['NO_CONSENT', 0]);
  });

  it('is entered once under its key, and by nobody of another company', async () => {
    const { records, otherCompanyId, list, accountId, viewer } = await settle();
    const asked = { ...byVoice, idempotencyKey: 'one' };
    const [first, second] = [await records(asked), await records(asked)];
    expect(second).toEqual(first);
    expect(codes(await records({ ...asked, kind: 'OPT_OUT' }))).toEqual([
      'IDEMPOTENCY_KEY_CONFLICT idempotencyKey',
    ]);
    const other = { ...viewer, companyIds: [otherCompanyId] };
    expect(codes(await records(byVoice, other))).toEqual(['NOT_FOUND companyId']);
    expect((await list({}, other)).totalCount).toBe(0);
    const kept = await db.prisma.auditEntry.findMany({ where: { accountId } });
    expect(JSON.stringify(kept)).not.toContain(NUMBER);
  });
});

describe('a text that seems to ask for no more', () => {
  it('waits to be judged, and is what it is judged to be', async () => {
    const { texts, list, reviews, stands } = await settle();
    await texts('Hello');
    await texts('please stop texting me');
    const [held] = (await list({ awaitsReview: true })).nodes;
    expect([held.state, await stands()]).toEqual(['HELD_FOR_REVIEW', 'OPTED_OUT']);
    const stale = await reviews({ consentId: held.id, decision: 'DISMISS', expectedVersion: 1 });
    expect(codes(stale)).toEqual(['VERSION_CONFLICT expectedVersion']);
    const dismissed = await reviews({ consentId: held.id, decision: 'DISMISS' });
    expect(dismissed.consent).toMatchObject({ state: 'IMPLIED', request: null });
    const again = await reviews({ consentId: held.id, decision: 'DISMISS' });
    expect(codes(again)).toEqual(['WRONG_STATE consentId']);
    await texts('wrong number');
    const { consent } = await reviews({ consentId: held.id, decision: 'OPT_OUT' });
    expect(
      consent.entries.nodes.map(({ kind, source }: never) => `${kind} ${source}`).sort(),
    ).toEqual([
      'INBOUND TEXT',
      'OPT_OUT REVIEW',
      'OPT_OUT_REQUEST TEXT',
      'OPT_OUT_REQUEST TEXT',
      'REQUEST_DISMISSED REVIEW',
    ]);
    expect(consent.state).toBe('OPTED_OUT');
  });

  it('is not judged by an agent', async () => {
    const { texts, list, reviews, joins } = await settle();
    await texts('please stop texting me');
    const [held] = (await list({})).nodes;
    const { viewer: agent } = await joins();
    const judged = reviews({ consentId: held.id, decision: 'DISMISS' }, agent);
    await expect(judged).rejects.toThrow('AGENT');
  });
});

describe('the list', () => {
  it('tells who is opted out and who waits; a number is found by those who may see it', async () => {
    const { texts, list, viewer } = await settle();
    await texts('STOP');
    await texts('Hello', '+14155550135');
    await texts('please stop texting me', '+14155550136');
    await texts('please stop texting me', '+14155550137');
    clock.advance(1_000);
    await texts('START', '+14155550137');
    const counts = async (filter: object) => (await list(filter)).totalCount;
    expect(await counts({ isOptedOut: true })).toBe(1);
    expect(await counts({ isOptedOut: false })).toBe(3);
    expect(await counts({ awaitsReview: true })).toBe(1);
    expect(await counts({ awaitsReview: false })).toBe(3);
    expect((await list({ phoneNumber: NUMBER })).nodes).toMatchObject([{ state: 'OPTED_OUT' }]);
    const blind = { ...viewer, scopes: ['messages:read' as const] };
    const shown = (await list({}, blind)).nodes as { phoneNumber: string }[];
    expect(shown.map(({ phoneNumber }) => phoneNumber.slice(0, 6))).toEqual(
      Array(4).fill('+1••••'),
    );
    await expect(list({ phoneNumber: NUMBER }, blind)).rejects.toThrow('PERSONAL_READ');
  });
});

it('a lead shows what each of their numbers agreed to, to those who may read texts', async () => {
  const { arrives, records, viewer } = await settle();
  const { leadId } = await arrives(NUMBER);
  await arrives('+14155550199');
  await records(byVoice);
  const read = '{ leads(first: 10) { nodes { id consent { state phoneNumber } } } }';
  const leads = async (as = viewer) => (await center.ask(as, read)).leads.nodes;
  const mine = { id: encodeGlobalId('Lead', leadId ?? '') };
  expect(await leads()).toEqual(
    expect.arrayContaining([
      { ...mine, consent: [{ state: 'OPTED_IN', phoneNumber: NUMBER }] },
      expect.objectContaining({ consent: [] }),
    ]),
  );
  const blind = { ...viewer, scopes: ['leads:read' as const] };
  expect((await leads(blind)).map(({ consent }: { consent: [] }) => consent)).toEqual([[], []]);
});
