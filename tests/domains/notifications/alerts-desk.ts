// A company whose website brings forms, people who want to be told of them, and a mailer that keeps what it is given; by
// a turned clock, with the jobs in our hands.
import { randomUUID } from 'node:crypto';
import { addUser } from '#domains/accounts/add-user.ts';
import { updateChatSettings } from '#domains/chats/chat-settings.ts';
import { createAlertRule, type NewAlertRule } from '#domains/notifications/create-alert-rule.ts';
import { keepAlertsHandler } from '#domains/notifications/keep-alerts.ts';
import { sendPushHandler } from '#domains/notifications/push/send-push.ts';
import { raiseAlertsHandler } from '#domains/notifications/raise-alerts.ts';
import { raiseAlerts } from '#domains/notifications/reactions.ts';
import { sendAlertHandler } from '#domains/notifications/send-alert.ts';
import { sendDigestHandler } from '#domains/notifications/send-digest.ts';
import { openSelections } from '#graphql/selections.ts';
import type { Mailer } from '#platform/mail/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { schema } from '#schema';
import { openFormsDesk } from '#tests/domains/forms/forms-desk.ts';
import { ORIGIN } from '#tests/domains/visitors/website.ts';
import type { Position } from '#values/cursor.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import type { Role } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

export const MAILS_PER_HOUR = 3;
const JOB = { id: '1', attempt: 1, signal: new AbortController().signal };
// biome-ignore lint/suspicious/noExplicitAny: a part of the platform, as much as this domain looks at
type Any = any;
type Mail = Parameters<Mailer['send']>[0];

/** Opens the desk. Call it at the top of a test file. */
export async function openAlertsDesk() {
  const desk = await openFormsDesk();
  const mails: Mail[] = [];
  const refusals: Error[] = [];
  const queue: { name: string; payload: never }[] = [];
  const selections = openSelections({ schema, platform: desk.platform as Any });
  const platform: Any = {
    ...desk.platform,
    selections,
    config: { ALERT_MAILS_PER_HOUR: MAILS_PER_HOUR, MAIL_FROM: 'a@calls.example.com' },
    outbound: openOutbound({ allowed: ['127.0.0.1'] }),
    secrets: openSecrets(Buffer.alloc(32, 7)),
    mail: {
      async send(mail: Mail) {
        const refusal = refusals.shift();
        if (refusal) throw refusal;
        mails.push(mail);
      },
      close() {},
    },
    jobs: {
      enqueue: async (_tx: unknown, { name }: { name: string }, payload: never) => {
        queue.push({ name, payload });
      },
      enqueueAll: async (_tx: unknown, { name }: { name: string }, payloads: never[]) => {
        queue.push(...payloads.map((payload) => ({ name, payload })));
      },
    },
    publicUrl: () => 'https://calls.example.com',
  };
  const handlers = [
    raiseAlertsHandler(platform),
    sendPushHandler(platform),
    sendAlertHandler(platform),
    sendDigestHandler(platform),
    keepAlertsHandler(platform),
  ];
  const run = (name: string, payload: object) => {
    const handler = handlers.find(({ definition }) => definition.name === name);
    if (!handler) throw new Error(`Nobody does ${name}.`);
    return handler.run(payload as never, JOB);
  };

  const worked = async () => {
    const outcomes: string[] = [];
    for (const { name, payload } of queue.splice(0)) outcomes.push(await run(name, payload));
    return outcomes;
  };

  const settle = async () => {
    const town = await desk.settle();
    const { accountId, companyId, viewer } = town;
    let after: Position | null = null;
    return {
      ...town,
      /** A member of the account; their id. */
      joins: async (email: string, role: Role, companyIds?: string[]) => {
        const jobs = { enqueue: async () => {} } as never;
        const input = { email, name: 'Robin', role, ...(companyIds && { companyIds }) };
        return (await addUser({ ...desk, jobs }, viewer, input)).id;
      },
      rule: (input: NewAlertRule, as: Viewer = viewer) => createAlertRule(platform, as, input),
      /** Somebody sends a form; its id. */
      formComes: async (fields: Record<string, string> = { message: 'Please call' }) => {
        const { formSubmission } = await desk.change(
          viewer,
          'createFormSubmission',
          {
            companyId: encodeGlobalId('Company', companyId),
            pageUrl: 'https://www.garage.example/contact',
            fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
          },
          'formSubmission { id }',
        );
        return decodeGlobalId(formSubmission.id)?.id ?? '';
      },
      /** A visitor opens a chat on the company's page. */
      chatOpens: async (text: string) => {
        await updateChatSettings(desk, viewer, { companyId, enabled: true });
        const [chat, message] = [randomUUID(), randomUUID()];
        const opening = { id: chat, url: `${ORIGIN}/doors`, message: { id: message, text } };
        return (await desk.post('chat/open', { key: town.key, ...opening })).status;
      },
      /**
       * The mirror is given what the log tells behind what it was given before, and its jobs are done; with `again`, it is
       * killed and begins anew. The jobs' outcomes.
       */
      mirrors: async ({ again = false } = {}) => {
        const page = await desk.events.page({ accountId, after, limit: 1_000, filter: {} });
        const waiting = queue.splice(0);
        await desk.db.transaction((tx) => raiseAlerts(platform).write(tx, page.events));
        if (!again) after = page.reached ?? after;
        const outcomes: string[] = [];
        for (const { name, payload } of queue.splice(0)) outcomes.push(await run(name, payload));
        queue.unshift(...waiting);
        return outcomes;
      },
      /** The jobs that wait are done; their outcomes. */
      works: worked,
      /** The minute's round, and the jobs that it brings. */
      minutePasses: async () => {
        await run('notifications.keep-alerts', {});
        return worked();
      },
      states: async () => {
        const rows = await desk.db.prisma.alert.findMany({
          where: { accountId },
          orderBy: { id: 'asc' },
        });
        return rows.map(({ state }) => state);
      },
    };
  };
  return { ...desk, platform, mails, refusals, queue, run, settle };
}
