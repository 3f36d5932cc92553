// Notifications to browsers, by a push service that opens what it is given.
import { expect, it } from 'vitest';
import { changeUserRole } from '#domains/accounts/change-user-role.ts';
import {
  addPushSubscription,
  removePushSubscription,
} from '#domains/notifications/push/change-push-subscriptions.ts';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Role } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAlertsDesk } from './alerts-desk.ts';
import { openPushReceiver } from './push-receiver.ts';

const desk = await openAlertsDesk();
const service = await openPushReceiver();
const { platform } = desk;
const FORMS = { channels: ['FORM'] as 'FORM'[] };
let browsers = 0;

async function settle(role: Role = 'AGENT') {
  service.letters.splice(0);
  desk.queue.splice(0);
  const town = await desk.settle();
  const email = `push-${++browsers}@example.com`;
  const userId = await town.joins(email, role);
  const robin: Viewer = { ...town.viewer, actor: { kind: 'user', id: userId }, role };
  const endpoint = `${service.origin}/send/${browsers}`;
  const input = { endpoint, keys: service.keys, name: 'Firefox' };
  const browser = await addPushSubscription(platform, robin, input);
  await town.rule({ userId, ...FORMS });
  const own = async () => {
    const { data } = await runOperation(
      schema,
      '{ pushKey viewer { pushSubscriptions { id name } } }',
      {} as never,
      {
        platform,
        viewer: robin,
      },
    );
    return data as never as { pushKey: string; viewer: { pushSubscriptions: { id: string }[] } };
  };
  return { ...town, userId, robin, browser, input, own };
}

it('a browser is told once of what came in, and nothing of the person', async () => {
  const town = await settle();
  const id = await town.formComes({ name: 'Ada Caller', message: 'Please call' });
  await town.mirrors();
  const [job] = desk.queue;
  desk.queue.push(job as never);
  expect(await town.works()).toEqual(['sent', 'settled already']);
  expect(await town.works()).toEqual(['pushed']);
  const [letter, ...others] = service.letters;
  if (!letter) throw new Error('Nothing was sent.');
  expect(others).toEqual([]);
  const notice = service.open(letter);
  expect(notice).toEqual({
    ...{ kind: 'FORM', id: encodeGlobalId('FormSubmission', id) },
    ...{ title: 'Form', company: 'Garage Doors' },
  });
  expect(letter.headers).toMatchObject({
    ttl: '14400',
    urgency: 'high',
    'content-encoding': 'aes128gcm',
  });
  expect(letter.headers.topic).toMatch(/^[\w-]{32}$/);
  const { pushKey } = await town.own();
  const claims = service.claims(letter, pushKey);
  expect(claims).toMatchObject({ aud: service.origin, sub: 'https://calls.example.com' });
});

it('a push service is asked again when it says so, and believed when the browser is gone', async () => {
  const town = await settle();
  await town.formComes();
  await town.mirrors();
  await town.works();
  service.answers.push({ status: 429, headers: { 'retry-after': '60' } }, { status: 503 });
  const job = desk.queue[0];
  expect(await town.works()).toEqual(['put off']);
  expect(desk.queue).toMatchObject([{ payload: { putOffs: 1 } }]);
  // before its time another message is not tried either
  desk.queue.push(job as never);
  expect(await town.works()).toEqual(['put off', 'put off']);
  expect(service.letters).toHaveLength(1);
  desk.clock.advance(60_000);
  expect(await town.works()).toEqual(['put off', 'put off']);
  expect(service.letters).toHaveLength(2);
  desk.clock.advance(60_000);
  expect(await town.works()).toEqual(['pushed', 'pushed']);
  expect((await town.own()).viewer.pushSubscriptions).toHaveLength(1);
  service.answers.push({ status: 410 });
  desk.queue.push(job as never, job as never);
  expect(await town.works()).toEqual(['the browser takes no more', 'the browser is gone']);
  expect((await town.own()).viewer.pushSubscriptions).toEqual([]);
});

it('whoever is told to ask again at once does not: five times, ever later, and thirty in all', async () => {
  const town = await settle();
  await town.formComes();
  await town.mirrors();
  await town.works();
  const [job] = desk.queue;
  const atOnce = { status: 500, headers: { 'retry-after': '0' } };
  service.answers.push(...Array.from({ length: 30 }, () => atOnce));
  const outcomes: string[] = [];
  const rests: number[] = [];
  while (desk.queue.length > 0) {
    outcomes.push(...(await town.works()));
    const where = { accountId: town.accountId };
    const { restsUntil } = await desk.db.prisma.pushSubscription.findFirstOrThrow({ where });
    const rest = (restsUntil?.getTime() ?? 0) - desk.clock.now(town.accountId).getTime();
    rests.push(rest / 1_000);
    desk.clock.advance(rest);
  }
  expect(outcomes).toEqual([...Array(5).fill('put off'), 'put off too often']);
  expect(rests).toEqual([30, 60, 120, 240, 480, 960]);
  await desk.db.prisma.pushSubscription.updateMany({
    where: { accountId: town.accountId },
    data: { failures: 29 },
  });
  desk.queue.push(job as never);
  expect(await town.works()).toEqual(['the browser was out of reach for too long']);
  expect((await town.own()).viewer.pushSubscriptions).toEqual([]);
  service.answers.splice(0);
});

it('nobody is notified of what they may not read any more, nor of what is no news', async () => {
  const town = await settle('MANAGER');
  await town.formComes();
  await town.mirrors();
  await town.works();
  const [job] = desk.queue.splice(0);
  desk.clock.advance(5 * 3_600_000);
  desk.queue.push(job as never);
  expect(await town.works()).toEqual(['no news any more']);
  await town.formComes();
  await town.mirrors();
  await town.works();
  await changeUserRole(desk, town.viewer, { userId: town.userId, role: 'NOTIFICATION' });
  await desk.db.prisma.membership.updateMany({
    where: { accountId: town.accountId, userId: town.userId },
    data: { allCompanies: false, companyIds: [town.otherCompanyId] },
  });
  expect(await town.works()).toEqual(['nothing that they may be told']);
  expect(service.letters).toEqual([]);
});

it('browsers are named rightly, and belong to one person', async () => {
  const town = await settle();
  const refusal = async (input: object, as: Viewer = town.robin) => {
    const added = addPushSubscription(platform, as, { ...town.input, ...input } as never);
    return added.then(
      () => null,
      (error: { field?: string[]; code?: string; message: string }) => error,
    );
  };
  expect(await refusal({ endpoint: 'https://10.0.0.1/push' })).toMatchObject({
    field: ['endpoint'],
  });
  expect(await refusal({ endpoint: 'file:///etc/passwd' })).toMatchObject({ field: ['endpoint'] });
  expect(await refusal({}, { ...town.robin, mode: 'LIVE' })).toMatchObject({ field: ['endpoint'] });
  const offCurve = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url');
  expect((await refusal({ keys: { ...service.keys, p256dh: offCurve } }))?.message).toContain(
    'P-256',
  );
  expect((await refusal({ keys: { ...service.keys, auth: 'AAAA' } }))?.message).toContain(
    '16 bytes',
  );
  expect((await refusal({}, town.viewer))?.message).toContain('Only a person');
  // the same browser again is the same one; another person who signs in at it has it
  await addPushSubscription(platform, town.robin, { ...town.input, name: 'Anew' });
  expect((await town.own()).viewer.pushSubscriptions).toMatchObject([
    { id: encodeGlobalId('PushSubscription', town.browser.id), name: 'Anew' },
  ]);
  const other = await town.joins(`other-${browsers}@example.com`, 'AGENT');
  const sam: Viewer = { ...town.robin, actor: { kind: 'user', id: other } };
  const theirs = await addPushSubscription(platform, sam, town.input);
  expect((await town.own()).viewer.pushSubscriptions).toEqual([]);
  const taken = removePushSubscription(platform, town.robin, theirs.id);
  await expect(taken).rejects.toMatchObject({ field: ['pushSubscriptionId'] });
  const stored = JSON.stringify(await desk.db.prisma.pushSubscription.findMany());
  expect(stored).toContain(theirs.id);
  expect(stored).not.toContain(service.keys.auth);
  await removePushSubscription(platform, sam, theirs.id);
});
