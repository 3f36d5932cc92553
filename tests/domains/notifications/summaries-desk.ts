// A company whose summaries are mailed by a turned clock, with the jobs in our hands and a mailer that keeps what it is
// given.
import { addUser } from '#domains/accounts/add-user.ts';
import { keepSummariesHandler } from '#domains/notifications/summaries/keep-summaries.ts';
import { sendSummaryHandler } from '#domains/notifications/summaries/send-summary.ts';
import type { Mailer } from '#platform/mail/index.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Role } from '#values/scopes.ts';

const JOB = { id: '1', attempt: 1, signal: new AbortController().signal };
const RULE = 'id frequency hour nextAt version company { name } user { id } email';
const CREATE = `mutation($input: CreateSummaryRuleInput!) { createSummaryRule(input: $input) { summaryRule { ${RULE} } userErrors { code field } } }`;
const UPDATE = `mutation($input: UpdateSummaryRuleInput!) { updateSummaryRule(input: $input) { summaryRule { ${RULE} } userErrors { code field } } }`;

/** Opens the desk. Call it at the top of a test file. */
export async function openSummariesDesk() {
  const ledger = await openLedger();
  const mails: Parameters<Mailer['send']>[0][] = [];
  /** what becomes of the next mails: thrown before it leaves, or after */
  const troubles: { before?: Error; after?: Error }[] = [];
  const platform = {
    ...ledger.platform,
    mail: {
      async send(mail: (typeof mails)[number]) {
        const { before, after } = troubles.shift() ?? {};
        if (before) throw before;
        mails.push(mail);
        if (after) throw after;
      },
      close() {},
    },
  };

  const turnTo = (at: string) =>
    ledger.clock.advance(Date.parse(at) - ledger.clock.now('any').getTime());

  async function settle() {
    // tests run in any order
    mails.splice(0);
    turnTo('2026-03-02T15:00:00Z');
    const town = await ledger.settle();
    const { accountId, companyId, viewer } = town;
    const keep = keepSummariesHandler(platform);
    const send = sendSummaryHandler(platform);
    const create = async (input: object) => {
      const { createSummaryRule } = await town.ask(CREATE, { input });
      if (createSummaryRule.userErrors.length > 0) return createSummaryRule.userErrors;
      return createSummaryRule.summaryRule;
    };
    return {
      ...town,
      create,
      company: encodeGlobalId('Company', companyId),
      joins: async (email: string, role: Role) => {
        const jobs = { enqueue: async () => {} } as never;
        const { id } = await addUser({ ...ledger, jobs }, viewer, { email, name: 'Robin', role });
        return { id, globalId: encodeGlobalId('User', id) };
      },
      update: async (input: object) => (await town.ask(UPDATE, { input })).updateSummaryRule,
      /** The minute's round, and each job that it brings by two workers at once; what came of them. */
      minutePasses: async () => {
        ledger.queue.splice(0);
        await keep.run({}, JOB);
        const due = ledger.queue.splice(0).map(({ payload }) => payload as never);
        const own = due.filter((one: { accountId: string }) => one.accountId === accountId);
        const tries = own.flatMap((one) => [send.run(one, JOB), send.run(one, JOB)]);
        const done = await Promise.allSettled(tries);
        return done
          .map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))
          .filter((one) => one !== 'not due' && one !== 'another worker has it');
      },
    };
  }
  return { ...ledger, platform, mails, troubles, turnTo, settle };
}
