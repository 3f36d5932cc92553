// canSendMessage and sendMessage, asked the same in any state: the dry run tells all reasons, and the send meets the first.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdSending } from '#domains/agents/index.ts';
import { uploadFile } from '#domains/uploads/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { pngOf } from '#tests/domains/uploads/pictures.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { sentBefore, wordOf } from './sent-before.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const HOUR = 3_600_000;
const storage = openDiskStorage(temporaryFolder());
const get = async ({ url }: { url: string }) => {
  const body = url.endsWith('.png') ? pngOf('x') : Buffer.from('no picture');
  return { status: 200, body, isCut: false, failure: null };
};
Object.assign(desk.platform, { storage, outbound: { refusalOf: () => null, get } });

const SHOWN = 'code message field ... on PolicyRefusal { limit current retryAt }';
const CAN = `query($input: CanSendMessageInput!) {
  canSendMessage(input: $input) { isAllowed refusals { ${SHOWN} } } }`;
const SEND = `mutation($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id } userErrors { ${SHOWN} } } }`;
const TEXT = 'Your door is ready';

/** What a state can be like; the first of each stands against nothing. */
const SIDES = {
  isSeated: [true, false],
  to: ['+13125550155', '+18765550155', '+17875550155', '+18005550155'],
  toTerritories: [false, true],
  optedOut: [false, true],
  isRegistered: [true, false],
  consent: ['OPTED_IN', 'NONE', 1, 23, 24, 48],
  /** UTC: in Chicago it is six less */
  hour: [18, 13, 14, 23, 3],
  used: [0, 4_999, 5_000],
  /** texts half an hour before, to one other person */
  out: [0, 48, 49, 150],
  /** other people to whom this text went in the hour before */
  alike: [0, 24, 25],
  /** of twenty texts of the day so many began conversations; half may, from twenty on */
  begun: [0, 9, 20],
  isHeld: [false, true],
  /** texts of the agent in the half minute before, where five may go in a minute */
  inMinute: [0, 4, 5],
  files: ['NONE', 'GOOD_URL', 'BAD_URL', 'GOOD_UPLOAD', 'BAD_UPLOAD'],
  hoursAhead: [0, 1, 12, 24],
} as const;
type Side = keyof typeof SIDES;
type State = { [Name in Side]: (typeof SIDES)[Name][number] };
const FINE = Object.fromEntries(
  Object.entries(SIDES).map(([name, [first]]) => [name, first]),
) as State;

const anyOf = (names: Side[]) =>
  fc.record(
    Object.fromEntries(names.map((name) => [name, fc.constantFrom<unknown>(...SIDES[name])])),
  );
const states = fc
  .subarray(Object.keys(SIDES) as Side[], { maxLength: 5 })
  .chain(anyOf)
  .map((sides) => ({ ...FINE, ...sides }) as State);
/** each alone, so that each refusal comes */
const ALONE = (Object.keys(SIDES) as Side[]).flatMap((name) =>
  SIDES[name].slice(-1).map((side): [State] => [{ ...FINE, [name]: side } as State]),
);
const OTHERS: [State][] = [
  [{ ...FINE, to: '+18765550155' }],
  [{ ...FINE, to: '+17875550155' }],
  [{ ...FINE, to: '+17875550155', toTerritories: true }],
  [{ ...FINE, consent: 'NONE' }],
  [{ ...FINE, out: 49 }],
  [{ ...FINE, files: 'BAD_URL' }],
];

it('in any state they agree', { timeout: 120_000 }, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(states, async (state) => {
      const { viewer, input } = await bringAbout(state);
      const { canSendMessage: check } = await desk.ask(viewer, CAN, { input });
      const { sendMessage: sent } = await desk.ask(viewer, SEND, { input });
      expect(sent.userErrors).toEqual(check.refusals.slice(0, 1));
      expect(sent.message !== null).toBe(check.isAllowed);
      for (const { code } of check.refusals) seen.add(code);
    }),
    { seed: 5, numRuns: 35, examples: [...ALONE, ...OTHERS] },
  );
  expect([...seen].sort()).toEqual([
    ...['A2P_NOT_REGISTERED', 'AGENT_MESSAGES_EXHAUSTED', 'BULK_MESSAGING', 'CONSENT_EXPIRED'],
    ...['DESTINATION_NOT_US_CA', 'INBOUND_RATIO_LOW', 'LEAD_CENTER_REQUIRED', 'MEDIA_INVALID'],
    ...['NO_CONSENT', 'OPTED_OUT', 'QUIET_HOURS', 'RATE_LIMITED', 'TOLL_FREE_NOT_ALLOWED'],
  ]);
});

/** An account in this state, and what is to be sent in it. */
async function bringAbout(state: State) {
  desk.clock.set(new Date(Date.UTC(2026, 2, 2, state.hour)));
  const { accountId, companyId, agentId, viewer, trackers } = await desk.settle(1);
  const { prisma } = desk.db;
  const now = desk.clock.now(accountId);
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
  const { consent, to } = state;
  await prisma.consent.create({
    data: {
      ...{ accountId, id: randomUUID(), companyId, number: to, changedAt: now },
      optedInAt: consent === 'OPTED_IN' ? ago(72) : null,
      optedOutAt: state.optedOut ? ago(1) : null,
      lastInboundAt: typeof consent === 'number' ? ago(consent) : null,
    },
  });
  if (!state.isRegistered) {
    const where = { accountId };
    await prisma.campaignRegistration.updateMany({ where, data: { state: 'SUSPENDED' } });
  }
  if (state.toTerritories) {
    await desk.change(viewer, 'updateAccount', { textsToTerritories: true }, '');
  }
  if (!state.isSeated) await prisma.membership.deleteMany({ where: { accountId } });
  const month = new Date('2026-03-01');
  await prisma.agentUsage.create({
    data: { accountId, agentId, month, messagesSent: state.used },
  });
  if (state.isHeld) await desk.db.transaction((tx) => holdSending(tx, accountId, ago(1)));
  let people = 0;
  const wrote = (hours: number, texts: string[], by?: string) =>
    sentBefore(prisma, {
      ...{ accountId, companyId, ownNumber: trackers[0]?.number ?? '', at: ago(hours), texts },
      ...{ customerNumber: `+1312556${String(people++).padStart(4, '0')}` },
      ...(by && { agentId: by }),
    });
  const words = (count: number) => Array.from({ length: count }, (_, n) => wordOf(n));
  if (state.out > 0) await wrote(0.5, words(state.out));
  if (state.inMinute > 0) await wrote(30 / 3_600, words(state.inMinute), agentId);
  const alike = Array.from({ length: state.alike }, () => wrote(0.7, [TEXT]));
  const begun = words(Math.max(0, state.begun - 1)).map((word) => wrote(2, [word]));
  await Promise.all([...alike, ...begun]);
  if (state.begun > 0) await wrote(2, words(21 - state.begun));
  const limits = {
    ...(state.begun > 0 && { begunFrom: 20 }),
    ...(state.inMinute > 0 && { agentInMinute: 5 }),
  };
  await desk.change(viewer, 'updateMessageLimits', limits, '');
  return {
    viewer,
    input: {
      ...{ companyId: encodeGlobalId('Company', companyId), to, text: TEXT },
      agentId: encodeGlobalId('Agent', agentId),
      ...(await filesOf(state.files, viewer)),
      ...(state.hoursAhead > 0 && {
        sendAt: new Date(now.getTime() + state.hoursAhead * HOUR),
      }),
    },
  };
}

async function filesOf(files: State['files'], viewer: Viewer) {
  if (files === 'NONE') return {};
  const isGood = files.startsWith('GOOD');
  if (files.endsWith('URL')) {
    return { mediaUrls: [`https://partner.example/door.${isGood ? 'png' : 'txt'}`] };
  }
  const content = (async function* () {
    yield isGood ? pngOf('x') : Buffer.from('%PDF-1.7\n');
  })();
  const { id } = await uploadFile({ ...desk, storage }, viewer, { name: 'door', content });
  return { mediaIds: [encodeGlobalId('Upload', id)] };
}
