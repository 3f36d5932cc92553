// One of each thing of the marked account, asked for through the API.

import type { TestBrowser } from '#tests/support/browser.ts';
import type { Data } from '../../demo/api.ts';

/** a point of P-256 */
const P256DH =
  'BAeBDql0zqV3PmO4l_N-O-mgnnpf6blxpE0QZawqOpMRY35HpPmUZKD9zkSojsfXA6kYPB0GVS2eLWt2BpSBxXc';

/** A query whose answer holds an id of every kind of node. */
export const PIECES = `{
  viewer { account { id } apiKey { id } }
  companies(first: 10) { nodes { id name sourceRules(first: 1) { nodes { id } }
    brandRegistration { id } campaignRegistration { id } leadFields { id } } }
  apiKeys(first: 10) { nodes { id name } }
  users(first: 10) { nodes { id name } }
  auditLog(first: 1) { nodes { id } }
  trackers(first: 1) { nodes { id source { id } } }
  phoneNumbers(first: 1) { nodes { id number } }
  numberReservations(first: 1) { nodes { id } }
  leads(first: 10) { nodes { id notes(first: 1) { nodes { id } } insights { id } } }
  calls(first: 1) { nodes { id from tags { id } ruleRuns { id } insights { id text tasks { id text } } recording { transcript { segments { text } } } } }
  keywordSets(first: 1) { nodes { id } } webhookEndpoints(first: 1) { nodes { id } } webhookDeliveries(first: 1) { nodes { id } }
  visitorSessions(first: 1) { nodes { id } }
  formSubmissions(first: 1) { nodes { id } }
  chats(first: 1) { nodes { id messages(first: 1) { nodes { id } } } }
  conversations(first: 1) { nodes { id messages(first: 1) { nodes { id } } } }
  siteScans(first: 1) { nodes { id } } alertRules(first: 1) { nodes { id } }
  summaryRules(first: 1) { nodes { id } }
  automationRules(first: 1) { nodes { id } }
  exports(first: 1) { nodes { id state } }
}`;

/** Who calls: numbers that no operation of the matrix is filled with, or they would show up everywhere. */
export const CALLER = '+14155550196';
export const FORGOTTEN = '+14155550197';

/** Somebody is told by mail, of whom nobody else may learn: their address. */
export async function markRules(
  change: (name: string, input: object) => Promise<unknown>,
  companyId: string,
  mark: string,
): Promise<string> {
  const email = `${mark.toLowerCase()}@alerts.example`;
  await change('createAlertRule', { companyId, email, calls: 'ALL' });
  await change('createSummaryRule', { companyId, email, frequency: 'DAILY' });
  return email;
}

/** What is looked for in calls and visits, what coaching looks at, and a rule that tags the calls of a source, of which nobody else may learn. */
export async function markWords(
  change: (name: string, input: object) => Promise<unknown>,
  companyId: string,
  mark: string,
): Promise<void> {
  await change('createKeywordSet', {
    ...{ companyId, name: mark },
    keywords: [{ text: 'appointment', tag: mark }],
  });
  const criteria = [{ key: mark, question: mark }];
  await change('updateCoachingRubric', { companyId, criteria });
  await change('createSourceRule', {
    ...{ companyId, name: mark },
    conditions: [{ part: 'PARAMETER', parameter: 'promo', match: 'EQUALS', value: mark }],
  });
  await change('createAutomationRule', {
    ...{ companyIds: [companyId], name: mark, triggers: ['CALL_ENDED'] },
    conditions: [{ about: 'SOURCE', values: [mark] }],
    actions: [{ kind: 'ADD_TAGS', tags: [mark] }],
  });
}

/** The ids of these rules, and of what a rule of the server found to be done, out of what PIECES answers. */
export function idsOfRules({
  alertRules,
  summaryRules,
  automationRules,
  calls,
}: Data): Record<string, string> {
  const [task] = calls.nodes[0].insights.flatMap(({ tasks }: Data) => tasks);
  if (!task) throw new Error('Nobody promised anything on the call.');
  const [alert, summary] = [alertRules.nodes[0].id, summaryRules.nodes[0].id];
  const ofServer = {
    AutomationRule: automationRules.nodes[0].id,
    RuleRun: calls.nodes[0].ruleRuns[0].id,
  };
  return { ...ofServer, AlertRule: alert, SummaryRule: summary, ActionTask: task.id };
}

/** A browser of a person is notified; its id. */
export async function markBrowser(browser: TestBrowser, mark: string): Promise<string> {
  const keys = { p256dh: P256DH, auth: 'AAAAAAAAAAAAAAAAAAAAAA' };
  const endpoint = `https://push.example/${mark.toLowerCase()}`;
  const { data } = await browser.ask(
    'mutation($input: AddPushSubscriptionInput!) { addPushSubscription(input: $input) { pushSubscription { id } } }',
    { input: { endpoint, keys, name: mark } },
  );
  return data.addPushSubscription.pushSubscription.id;
}
