// The words of the mails. Pure. What strangers wrote is shown as text and cut short, and never stands in a subject.
import type { Told } from './describe-alert.ts';

/** A mail without its addressee. */
export interface Letter {
  subject: string;
  text: string;
}

/** What all mails of a server end with. */
export interface Footer {
  /** the server's root, without a slash at its end */
  publicUrl: string;
  /** ends the mails of this kind */
  unsubscribeUrl: string;
}

const MOST_CHARACTERS = 1_000;
const MOST_FIELDS = 30;

const OUTCOMES: Record<string, string> = {
  ANSWERED: 'Answered call',
  MISSED: 'Missed call',
  ABANDONED: 'Missed call (the caller hung up)',
  VOICEMAIL: 'Voicemail',
  BUSY: 'Missed call (busy)',
  FAILED: 'Failed call',
};

type Line = [label: string, value: string | number | null | undefined];

interface Words {
  title: string;
  /** who it was, as far as that may be told */
  who: string | null;
  at: string;
  lines: Line[];
  body: string;
  /** a selection on node(id) that shows it */
  query: string;
}

/** The mail of one alert. */
export function alertLetter(told: Told, footer: Footer): Letter {
  const { title, at, lines, body, query } = wordsOf(told);
  const known: Line[] = [['When', timeOf(at, told)], ...lines];
  const facts = known.flatMap(([label, value]) =>
    value === null || value === undefined || value === ''
      ? []
      : [`${`${label}:`.padEnd(10)}${value}`],
  );
  const parts = [
    `${title}${told.company ? ` for ${told.company.name}` : ''}.`,
    facts.join('\n'),
    ...(body ? [body] : []),
    `In the API:\n${footer.publicUrl}/graphql?query=${encodeURIComponent(query)}`,
  ];
  return { subject: subjectOf(title, told), text: `${parts.join('\n\n')}\n${closing(footer)}` };
}

/**
 * The mail that sums up what came too fast for a mail each.
 * @param told the first of them, one line each; there may be none left
 * @param more how many there were beside
 */
export function digestLetter(told: readonly Told[], more: number, footer: Footer): Letter {
  const count = told.length + more;
  const lines = told.map((one) => {
    const { title, who, at } = wordsOf(one);
    const company = one.company ? `, ${one.company.name}` : '';
    return `- ${timeOf(at, one)}: ${title}${who ? `, ${who}` : ''}${company}`;
  });
  if (more > 0) lines.push(`- and ${more} more`);
  const text = `So much came within an hour that it was not told one by one:

${lines.join('\n')}

In the API:
${footer.publicUrl}/graphql
${closing(footer)}`;
  return { subject: `${count} more ${count === 1 ? 'alert' : 'alerts'} on Switchboard`, text };
}

/** A rule that fired, as far as its mail tells of it. */
export interface FiredRule {
  ruleName: string;
  at: Date;
  company: { name: string; timeZone: string };
  /** the GraphQL type and the global id of what it fired for */
  typename: string;
  interactionId: string;
}

/** The mail of an automation rule that fired: it names nobody and quotes nothing. */
export function ruleNoticeLetter(
  { ruleName, at, company, typename, interactionId: id }: FiredRule,
  publicUrl: string,
): Letter {
  const what = THINGS[typename] ?? 'an interaction';
  const query = `{ node(id: "${id}") { id ... on Interaction { occurredAt leadStatus tags { name } ruleRuns { ruleName actions { outcome action { kind } } } } } }`;
  const text = `The automation rule "${ruleName}" fired for ${what} of ${company.name}.

When:     ${timeOf(at.toISOString(), { company })}

In the API:
${publicUrl}/graphql?query=${encodeURIComponent(query)}

--${' '}
The rule names you as one to be told. Who keeps the automation rules of your account can change that.
`;
  return { subject: `Rule ${ruleName}: ${company.name}`, text };
}

const THINGS: Record<string, string> = {
  Call: 'a call',
  Conversation: 'a conversation by text',
  FormSubmission: 'a form',
  ChatConversation: 'a chat',
};

function closing({ unsubscribeUrl }: Footer): string {
  return `
-- 
An alert rule on Switchboard names your address. To get no more of these:
${unsubscribeUrl}
`;
}

/** What happened, in two or three words, naming nobody. */
export function titleOf(told: Told): string {
  return wordsOf(told).title;
}

function subjectOf(title: string, { company }: Told): string {
  return company ? `${title}: ${company.name}` : title;
}

function wordsOf(told: Told): Words {
  if (told.call) return callWords(told.call);
  if (told.message) return textWords(told.message, told.conversation);
  if (told.formSubmission) return formWords(told.formSubmission);
  if (told.chat) return chatWords(told.chat, told);
  throw new Error('There is nothing to tell of this event.');
}

function callWords(call: NonNullable<Told['call']>): Words {
  const title = OUTCOMES[call.outcome ?? ''] ?? 'Call';
  const who = whoOf(call.from ?? 'withheld number', call.lead?.name);
  const before = call.firstCall ? 'the first call' : `${call.priorCalls} calls before`;
  return {
    title,
    who,
    at: call.startedAt,
    lines: [
      ['From', `${who} (${before})`],
      ['Lasted', call.durationSeconds === null ? null : `${call.durationSeconds} s`],
      ['Source', call.source?.name],
      ['Tracker', call.tracker?.name],
    ],
    body: '',
    query: `{ node(id: "${call.id}") { id ... on Call { outcome from startedAt voicemail { state } transcript { state } } } }`,
  };
}

function textWords(
  message: NonNullable<Told['message']>,
  conversation: Told['conversation'],
): Words {
  const who = whoOf(message.from, conversation?.lead?.name);
  return {
    title: 'Text',
    who,
    at: message.at,
    lines: [
      ['From', who],
      ['Files', message.media.length || null],
      ['Source', conversation?.source?.name],
    ],
    body: cut(message.text),
    query: `{ node(id: "${message.id}") { id ... on Message { text from to at state } } }`,
  };
}

function formWords(form: NonNullable<Told['formSubmission']>): Words {
  const name = form.form.name ? ` "${cut(form.form.name, 60)}"` : '';
  const fields = form.fields.slice(0, MOST_FIELDS);
  const left = form.fields.length - fields.length;
  return {
    title: form.spamScore >= 50 ? 'Form (may be spam)' : 'Form',
    who: form.lead?.name ?? null,
    at: form.submittedAt,
    lines: [
      ['From', form.lead?.name],
      ['Form', `${name.trim() || 'without a name'}, ${form.formUrl}`],
      ['Source', form.source?.name],
    ],
    body: [
      ...fields.map(({ name: label, value }) => `${cut(label, 60)}: ${cut(value)}`),
      ...(left > 0 ? [`and ${left} more fields`] : []),
    ].join('\n'),
    query: `{ node(id: "${form.id}") { id ... on FormSubmission { submittedAt formUrl fields { name value } } } }`,
  };
}

function chatWords(chat: NonNullable<Told['chat']>, { isReopened, occurredAt }: Told): Words {
  const written = chat.messages.nodes
    .filter(({ author }) => author === 'VISITOR')
    .sort((one, other) => one.seq - other.seq);
  return {
    title: isReopened ? 'Chat taken up again' : 'Chat',
    who: chat.lead?.name ?? null,
    at: occurredAt,
    lines: [
      ['From', chat.lead?.name],
      ['Page', chat.pageUrl],
      ['Source', chat.source?.name],
    ],
    body: written.map(({ text }) => cut(text)).join('\n'),
    query: `{ node(id: "${chat.id}") { id ... on ChatConversation { state messages { nodes { author text } } } } }`,
  };
}

function whoOf(number: string, name: string | null | undefined): string {
  return name ? `${number}, ${name}` : number;
}

function cut(text: string, most = MOST_CHARACTERS): string {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most).join('')}…` : text;
}

/** In the company's time zone: Mon, Mar 2, 2026, 9:00 AM CST. */
function timeOf(at: string, { company }: Pick<Told, 'company'>): string {
  return new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: company?.timeZone ?? 'UTC',
  }).format(new Date(at));
}
