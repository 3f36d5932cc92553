// An account that keeps automation rules, over the town of calls that were written down; the jobs are in our hands.
import { randomUUID } from 'node:crypto';
import { judgeRulesHandler } from '#domains/automation/judge-rules.ts';
import { callEnded } from '#domains/calls/events.ts';
import { insightReady } from '#domains/intelligence/events.ts';
import type { NewEvent } from '#platform/events/index.ts';
import { openLibrary } from '#tests/domains/intelligence/library.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Role } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

const RULE = `id name position state version definitionVersion triggers companies { id }
  conditions { about values trackerIds keywordSetIds minSeconds maxSeconds field isNot text } actions { kind tags leadStatus valueCents points users { id } webhookEndpointIds }
  versions { definitionVersion name actions { kind } }`;
const ERRORS = 'userErrors { code message field }';
export const EXPLAINED = `ruleScore ruleRuns { id ruleName definitionVersion trigger points rule { id } interaction { id }
  conditions { isMet actual condition { about text } } actions { outcome code reason action { kind } } }`;
const CALL = `query($id: ID!) { node(id: $id) { ... on Interaction { version leadStatus value { amountCents } tags { name }
  inbox { assignee { id } } ${EXPLAINED} } } }`;
const EXPLAIN = `query($id: ID!) { explainRules(interactionId: $id) { ruleName definitionVersion trigger outcome
  conditions { isMet actual condition { text } } run { id } } }`;
const JOB = { id: '1', attempt: 1, signal: new AbortController().signal };

/** Opens the desk. Call it at the top of a test file. */
export async function openRulesDesk() {
  const library = await openLibrary();
  const { prisma } = library.db;

  const settle = async () => {
    const people = await library.settle();
    const { accountId, companyId, run } = people;
    const mutate = async (name: string, input: object, viewer?: Viewer) => {
      const Name = name.charAt(0).toUpperCase() + name.slice(1);
      const own = name.startsWith('delete')
        ? 'deletedAutomationRuleId'
        : `automationRule { ${RULE} }`;
      const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${own} ${ERRORS} } }`;
      const { data, errors } = await run(source, { input }, viewer);
      return { ...data?.[name], errors };
    };
    const rule = async (input: object) => {
      const made = await mutate('createAutomationRule', {
        ...{
          name: 'Rule',
          triggers: ['CALL_ENDED'],
          actions: [{ kind: 'ADD_TAGS', tags: ['Hot'] }],
        },
        ...input,
      });
      if (made.userErrors.length > 0) throw new Error(JSON.stringify(made.userErrors));
      return made.automationRule;
    };
    /** A call of some seconds ends. @returns its ids, and the event that tells of it */
    const endsCall = async ({
      seconds = 90,
      outcome = 'ANSWERED',
      leadId = null as string | null,
    } = {}) => {
      const { callId } = await library.write(people, ['C: My water heater is leaking.']);
      const call = { accountId_id: { accountId, id: callId } };
      const { startedAt } = await prisma.call.findUniqueOrThrow({ where: call });
      const endedAt = new Date(startedAt.getTime() + seconds * 1_000);
      await prisma.call.update({ where: call, data: { outcome: outcome as never, endedAt } });
      if (leadId) await prisma.interaction.update({ where: call, data: { leadId } });
      return { callId, id: encodeGlobalId('Call', callId), eventId: await tellsEnd(callId) };
    };
    const tellsEnd = (callId: string) =>
      tells(callEnded, `call:${callId}`, { callId, outcome: 'ANSWERED', durationSeconds: 1 });
    /** Insights were drawn of it. @returns the event that tells of it */
    const tellsRead = (callId: string) =>
      tells(insightReady, `call:${callId}`, {
        callId,
        transcriptId: callId,
        engine: 'openai',
        insights: 1,
      });
    /** @returns the event */
    const tells = async (definition: NewEvent['definition'], subject: string, payload: object) => {
      await library.db.transaction(async (tx) => {
        await library.events.lock(tx, accountId, [subject]);
        await library.events.append(tx, accountId, [
          {
            ...{ definition, companyId, subject, subjectVersion: 1 },
            occurredAt: library.clock.now(accountId),
            payload,
          },
        ]);
      });
      const { events } = await library.events.page({
        ...{ accountId, limit: 1_000, after: null, filter: { subjects: [subject] } },
      } as never);
      return events.findLast(({ type }) => type === definition.type)?.id ?? '';
    };
    const judge = (eventId: string, slice: object = library, attempt = 1) =>
      judgeRulesHandler(slice as never).run({ accountId, eventId }, { ...JOB, attempt });
    return {
      ...people,
      ...{ mutate, rule, endsCall, tells, tellsEnd, tellsRead, judge },
      call: async (id: string, viewer?: Viewer) => (await run(CALL, { id }, viewer)).data.node,
      explain: async (id: string, viewer?: Viewer) =>
        (await run(EXPLAIN, { id }, viewer)).data.explainRules,
      member: async (companyIds: string[] | null = null, role: Role = 'AGENT') => {
        const userId = randomUUID();
        const createdAt = library.clock.now(accountId);
        await prisma.user.create({
          data: { id: userId, name: 'Robin', email: `${userId}@example.com`, createdAt },
        });
        await prisma.membership.create({
          data: {
            ...{ accountId, userId, role, createdAt },
            ...{ allCompanies: companyIds === null, companyIds: companyIds ?? [] },
          },
        });
        return { userId, id: encodeGlobalId('User', userId) };
      },
      as: (more: Partial<Viewer>): Viewer => ({ ...people.viewer, ...more }),
    };
  };
  return { ...library, settle };
}
