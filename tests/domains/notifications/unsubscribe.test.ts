// The links that end mails, by those who got the mails: also once the rule behind a mail is gone.
import { expect, it } from 'vitest';
import { unsubscribe } from '#domains/notifications/unsubscribe.ts';
import { readUnsubscribeLink } from '#domains/notifications/unsubscribe-link.ts';
import { deleteAlertRule } from '#domains/notifications/update-alert-rule.ts';
import { signLink } from '#platform/secrets/index.ts';
import { openAlertsDesk } from './alerts-desk.ts';

const desk = await openAlertsDesk();
const { secrets, publicUrl } = desk.platform;
const FORMS = { channels: ['FORM'] as 'FORM'[] };

/** Whoever got the mail clicks: what they are told. */
async function clicks(url: string | undefined): Promise<boolean> {
  const link = readUnsubscribeLink(secrets, new URL(url ?? ''), desk.platform.clock.now);
  if (link === null || typeof link === 'string') throw new Error(`The link is ${link}.`);
  return unsubscribe(desk.platform, link);
}

async function settle() {
  const town = await desk.settle();
  desk.mails.splice(0);
  return {
    ...town,
    /** A form comes, and what is to be told of it is; to whom mails left. */
    formIsTold: async () => {
      await town.formComes();
      await town.mirrors();
      const outcomes = await town.works();
      return { outcomes, mails: desk.mails.splice(0) };
    },
    standing: async () => {
      const where = { accountId: town.accountId, unsubscribedAt: null };
      const rules = await desk.db.prisma.alertRule.findMany({ where, orderBy: { id: 'asc' } });
      return rules.map(({ id }) => id);
    },
  };
}

it('end all mails of the company to an address, though the rule of the mail was deleted', async () => {
  const town = await settle();
  const { companyId, otherCompanyId, viewer } = town;
  const email = 'gone@partner.example';
  const rule = await town.rule({ email, companyId, ...FORMS });
  const { mails } = await town.formIsTold();
  await deleteAlertRule(desk, viewer, { alertRuleId: rule.id });
  await town.rule({ email, companyId, ...FORMS });
  const elsewhere = await town.rule({ email, companyId: otherCompanyId, ...FORMS });
  const other = await town.rule({ email: 'other@partner.example', companyId, ...FORMS });
  // raised before the click, it must not leave behind it
  await town.formComes();
  await town.mirrors();
  expect(await clicks(mails[0]?.unsubscribeUrl)).toBe(true);
  expect(await clicks(mails[0]?.unsubscribeUrl)).toBe(true);
  expect((await town.works()).sort()).toEqual(['sent', 'unsubscribed']);
  expect(desk.mails.splice(0).map(({ to }) => to)).toEqual(['other@partner.example']);
  expect((await town.formIsTold()).outcomes).toEqual(['sent']);
  expect(await town.standing()).toEqual([elsewhere.id, other.id]);
  const anew = town.rule({ email, companyId, ...FORMS });
  await expect(anew).rejects.toMatchObject({ field: ['email'] });
});

it('end of a user, who has rules of their own, the one of the mail; once it is gone, all of its company', async () => {
  const town = await settle();
  const { companyId, viewer } = town;
  const userId = await town.joins('robin@example.com', 'MANAGER');
  const [first, second] = [
    await town.rule({ userId, companyId, ...FORMS }),
    await town.rule({ userId, companyId, ...FORMS }),
  ];
  const everywhere = await town.rule({ userId, ...FORMS });
  const { mails } = await town.formIsTold();
  const linkOf = ({ id }: { id: string }) =>
    mails.find(({ unsubscribeUrl }) => unsubscribeUrl?.includes(id))?.unsubscribeUrl;
  expect(await clicks(linkOf(first))).toBe(true);
  expect(await town.standing()).toEqual([second.id, everywhere.id]);
  await deleteAlertRule(desk, viewer, { alertRuleId: first.id });
  expect(await clicks(linkOf(first))).toBe(true);
  expect(await town.standing()).toEqual([everywhere.id]);
  // a manager sets no new one for them
  const anew = town.rule({ userId, companyId, ...FORMS });
  await expect(anew).rejects.toMatchObject({ field: ['userId'] });
});

it('of mails of long ago name the rule alone, and end what it tells as long as it stands', async () => {
  const town = await settle();
  const { accountId, companyId, viewer } = town;
  const email = 'old@partner.example';
  const [rule, twin] = [
    await town.rule({ email, companyId, ...FORMS }),
    await town.rule({ email, companyId, ...FORMS }),
  ];
  const now = desk.platform.clock.now(accountId);
  const root = { secrets, publicUrl: publicUrl() };
  const link = signLink(root, `/unsubscribe/${accountId}/${rule.id}`, 'unsubscribe', now);
  expect(await clicks(link)).toBe(true);
  expect(await town.standing()).not.toContain(twin.id);
  await deleteAlertRule(desk, viewer, { alertRuleId: rule.id });
  expect(await clicks(link)).toBe(false);
  expect((await town.formIsTold()).mails).toEqual([]);
});
