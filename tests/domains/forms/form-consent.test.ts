// The box of a form by which people agree to be texted: ticked it is an opt-in with its proof, unticked it is nothing.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { consentSubject, eraseConsentOf, recordInbound } from '#domains/consent/index.ts';
import { isTicked } from '#domains/forms/ticked-box.ts';
import type { Tx } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { nameActor } from '#values/viewer.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk({ enqueue: async () => {} });
const db = desk.db.prisma;
const ADA = '+13125550171';
const WORDS = 'You may text me about my request.';
const SETTINGS = 'formSettings { ignoredFields consentBox { field shownText } version }';
const CONSENTS = `query($phoneNumber: PhoneNumber) { consents(filter: { phoneNumber: $phoneNumber }) { nodes {
  state entries { nodes { kind source evidence { url shownText reference } recordedBy { kind part } } } } } }`;

async function settle(consentBox: object | null = { field: 'Texts_OK', shownText: WORDS }) {
  const people = await desk.settle();
  const { viewer } = people;
  const companyId = encodeGlobalId('Company', people.companyId);
  const set = (input: object) =>
    desk.change(viewer, 'updateFormSettings', { companyId, ...input }, SETTINGS);
  if (consentBox) expect((await set({ consentBox })).userErrors).toEqual([]);
  const consents = async (phoneNumber = ADA) =>
    (await desk.ask(viewer, CONSENTS, { phoneNumber })).consents.nodes;
  return { ...people, companyId, set, consents };
}

it('ticked, it is an opt-in, proven by the form, its page and the words', async () => {
  const { browser, viewer, consents, accountId } = await settle();
  await browser().sends({ phone: ADA, name: 'Ada', texts_ok: 'on' });
  const [form] = await desk.forms(viewer);
  expect(await consents()).toEqual([
    {
      state: 'OPTED_IN',
      entries: {
        nodes: [
          {
            ...{ kind: 'OPT_IN', source: 'FORM', recordedBy: { kind: 'SYSTEM', part: 'forms' } },
            evidence: { url: form.formUrl, shownText: WORDS, reference: form.id },
          },
        ],
      },
    },
  ]);
  const told = await desk.db.prisma.event.findMany({
    where: { accountId, type: { in: ['consent.changed', 'form.submitted'] } },
    orderBy: { seq: 'asc' },
  });
  expect(told.map(({ type }) => type)).toEqual(['consent.changed', 'form.submitted']);
});

it('unticked, unnamed, of a robot or without a page it is nothing', async () => {
  const { browser, consents, set, viewer, companyId } = await settle();
  const ada = browser();
  for (const texts_ok of ['', 'off', 'FALSE', ' no ', '0']) {
    await ada.sends({ phone: ADA, texts_ok });
  }
  // its page kept it, and nobody knows whether it was sent
  await ada.sends({ phone: ADA, texts_ok: 'on' }, { sent: false });
  const asked = '{ formSubmissions(first: 9) { nodes { isUnconfirmed } } }';
  const { nodes } = (await desk.ask(viewer, asked)).formSubmissions;
  expect(nodes.filter((one: { isUnconfirmed: boolean }) => one.isUnconfirmed)).toHaveLength(1);
  await ada.sends({ phone: ADA, other: 'on' });
  await ada.sends({ email: 'ada@example.com', texts_ok: 'on' });
  await ada.sends({ phone: ADA, texts_ok: 'on' }, { trap: 'filled' });
  const fields = [
    { name: 'phone', value: ADA },
    { name: 'texts_ok', value: 'on' },
  ];
  const made = async (input: object) =>
    (await desk.change(viewer, 'createFormSubmission', { companyId, fields, ...input }, ''))
      .userErrors;
  expect(await made({})).toEqual([]);
  expect(await consents()).toEqual([]);
  await set({ consentBox: null });
  await ada.sends({ phone: ADA, texts_ok: 'on' });
  expect(await consents()).toEqual([]);
  await set({ consentBox: { field: 'texts_ok', shownText: WORDS } });
  expect(await made({ pageUrl: 'https://garage.example/contact' })).toEqual([]);
  expect(await consents()).toMatchObject([{ state: 'OPTED_IN' }]);
});

it('undoes no word of theirs: what anybody can send ends no STOP, no hold and no erased opt-out', async () => {
  const { browser, consents, viewer, companyId, accountId } = await settle();
  const [page, stop] = [
    browser(),
    { companyId, phoneNumber: ADA, kind: 'OPT_OUT', source: 'VERBAL' },
  ];
  const ticks = async () => {
    desk.clock.advance(60_000);
    await page.sends({ phone: ADA, texts_ok: 'on' });
  };
  const state = async () => (await consents())[0]?.state;
  await desk.change(viewer, 'recordConsent', stop, 'consent { state }');
  await ticks();
  expect([await state(), (await desk.forms(viewer)).length]).toEqual(['OPTED_OUT', 1]);
  const { companyId: own } = await db.consent.findFirstOrThrow({ where: { accountId } });
  const locked = (work: (tx: Tx) => Promise<unknown>) =>
    desk.db.transaction(async (tx) => {
      await desk.events.lock(tx, accountId, [consentSubject(own, ADA)]);
      return work(tx);
    });
  await locked((tx) => eraseConsentOf(tx, desk, accountId, [{ companyId: own, number: ADA }]));
  await ticks();
  expect([await consents(), await db.suppression.count({ where: { accountId } })]).toEqual([[], 1]);
  const says = (text: string) =>
    locked((tx) => {
      const of = { accountId, companyId: own, number: ADA, messageId: randomUUID() };
      return recordInbound(tx, desk, { ...of, text, receivedAt: desk.clock.now(accountId) });
    });
  await says('START');
  await says('Please stop texting me');
  await ticks();
  expect(await state()).toBe('HELD_FOR_REVIEW');
  await says('START');
  await ticks();
  expect((await consents())[0]).toMatchObject({
    state: 'OPTED_IN',
    entries: { nodes: expect.arrayContaining([expect.objectContaining({ source: 'FORM' })]) },
  });
});

it('of a form given by the API it is the word of who gave it, who has to be allowed to record consent', async () => {
  const { consents, viewer, companyId } = await settle();
  const gives = (scopes: readonly string[]) =>
    desk.change(
      { ...viewer, scopes: viewer.scopes.filter((scope) => scopes.includes(scope)) },
      'createFormSubmission',
      {
        ...{ companyId, pageUrl: 'https://garage.example/contact' },
        fields: [
          { name: 'phone', value: ADA },
          { name: 'texts_ok', value: 'on' },
        ],
      },
      '',
    );
  expect((await gives(['forms:write'])).userErrors).toEqual([]);
  expect(await consents()).toEqual([]);
  expect((await gives(['forms:write', 'messages:write'])).userErrors).toEqual([]);
  expect(await consents()).toMatchObject([{ state: 'OPTED_IN' }]);
  const by = { accountId: viewer.accountId, recordedBy: nameActor(viewer.actor) };
  expect(await db.consentEntry.count({ where: by })).toBe(1);
});

it('is set by itself, and is bounded', async () => {
  const { set } = await settle(null);
  const box = { field: 'texts', shownText: WORDS };
  const first = await set({ ignoredFields: ['birthday'], consentBox: box });
  expect(first.formSettings).toEqual({
    ignoredFields: ['birthday'],
    consentBox: box,
    version: 1,
  });
  expect((await set({ consentBox: box })).formSettings.version).toBe(1);
  expect((await set({ ignoredFields: [] })).formSettings).toMatchObject({
    ...{ ignoredFields: [], consentBox: box, version: 2 },
  });
  expect((await set({ consentBox: null })).formSettings).toMatchObject({
    ...{ consentBox: null, version: 3 },
  });
  for (const wrong of [
    { field: ' ', shownText: WORDS },
    { field: 'texts', shownText: '' },
    { field: 'texts', shownText: 'x'.repeat(2_001) },
  ]) {
    expect((await set({ consentBox: wrong })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  }
});

it('counts as ticked only when every value of it says so', () => {
  const setting = { consentField: 'Texts', consentText: WORDS };
  const of = (...values: string[]) =>
    isTicked(
      values.map((value) => ({ name: 'TEXTS', value })),
      setting,
    );
  expect([of('on'), of('I agree'), of('1', 'yes')]).toEqual([true, true, true]);
  expect([of(), of('0', '1'), of('unchecked')]).toEqual([false, false, false]);
  const box = [{ name: 'texts', value: 'on' }];
  expect(isTicked(box, null)).toBe(false);
  expect(isTicked(box, { ...setting, consentText: null })).toBe(false);
});
