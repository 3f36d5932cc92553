// The mail of a summary, as text and as HTML that loads nothing. Pure.
import type { InteractionSummary } from '#domains/reports/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { escapeHtml } from '#values/escape-html.ts';
import type { Footer, Letter } from '../letters.ts';
import type { MailedSummary } from './gather-summary.ts';
import type { Period } from './period.ts';

const TITLES = { DAILY: 'Daily', WEEKLY: 'Weekly', MONTHLY: 'Monthly' };
const EVERYTHING = 'All companies';

type Count = (summary: InteractionSummary) => bigint;

const of =
  (kind: InteractionKind, measure: keyof InteractionSummary['total'] = 'interactions'): Count =>
  ({ groups }) =>
    groups.find(({ key }) => key === kind)?.sums[measure] ?? 0n;

const ROWS: [label: string, count: Count][] = [
  ['Calls', of('CALL')],
  ['- answered', of('CALL', 'answered')],
  ['- missed', of('CALL', 'missed')],
  ['- voicemails', of('CALL', 'voicemails')],
  ['- first-time callers', of('CALL', 'firstTime')],
  ['Conversations begun', of('CONVERSATION')],
  ['Forms', of('FORM')],
  ['Chats', of('CHAT')],
  ['Good leads', ({ total }) => total.goodLeads],
];

/**
 * The mail.
 * @param missed days before it that were not told, since no mail could leave when they were due
 */
export function summaryLetter(
  summary: MailedSummary,
  missed: Period | null,
  footer: Footer,
): Letter & { html: string } {
  const { companyName, timeZone, period, before, sources } = summary;
  const who = companyName ?? EVERYTHING;
  const title = `${TITLES[summary.frequency]} summary`;
  const days = daysOf(period);
  const { figures, earlier } = summary;
  const rows = ROWS.map(
    ([label, count]) => [label, String(count(figures)), String(count(earlier))] as const,
  );
  const gap = missed && `${daysOf(missed)} came due while no mail could be sent, and is left out.`;
  const named = sources.map(
    ({ name, interactions }) => [name ?? 'No source', String(interactions)] as const,
  );
  const table = [['', 'Now', 'Before'], ...rows]
    .map(
      ([label = '', now = '', then = '']) => label.padEnd(22) + now.padStart(8) + then.padStart(8),
    )
    .join('\n');
  const text = [
    `${who}: ${days}, compared with ${daysOf(before)}. Days of ${timeZone}.`,
    ...(gap ? [gap] : []),
    table,
    ...(named.length > 0
      ? [`Top sources:\n${named.map(([name, n]) => `- ${name}: ${n}`).join('\n')}`]
      : []),
    `In the API:\n${footer.publicUrl}/graphql`,
  ].join('\n\n');
  return {
    subject: `${title}: ${who}, ${days}`,
    text: `${text}\n
-- 
A summary rule on Switchboard names your address. To get no more of these:
${footer.unsubscribeUrl}
`,
    html: htmlOf({ who, title, days, gap, rows, named, before: daysOf(before), timeZone }, footer),
  };
}

interface Words {
  who: string;
  title: string;
  days: string;
  before: string;
  timeZone: string;
  gap: string | null;
  rows: (readonly [label: string, now: string, then: string])[];
  named: (readonly [name: string, interactions: string])[];
}

/** Styles stand in the tags, since mail programs drop others; colours are left to the program, dark or light. */
function htmlOf(words: Words, { unsubscribeUrl, publicUrl }: Footer): string {
  const { who, title, days, before, timeZone, gap, rows, named } = words;
  const cell = 'padding:6px 0;border-bottom:1px solid #8884;';
  const right = `${cell}text-align:right;padding-left:24px;`;
  const row = (label: string, ...counts: string[]) =>
    `<tr><th scope="row" style="${cell}text-align:left;font-weight:${label.startsWith('- ') ? 400 : 600};${label.startsWith('- ') ? 'padding-left:16px;' : ''}">${escapeHtml(label.replace(/^- /, ''))}</th>${counts
      .map((count) => `<td style="${right}">${count}</td>`)
      .join('')}</tr>`;
  const head = `<tr><td></td><th scope="col" style="${right}">${escapeHtml(days)}</th><th scope="col" style="${right}font-weight:400">${escapeHtml(before)}</th></tr>`;
  const figures = rows.map(([label, now, then]) => row(label, now, then)).join('\n');
  const sources = named.map(([name, interactions]) => row(name, interactions)).join('\n');
  const table = 'style="border-collapse:collapse;font-size:15px;font-variant-numeric:tabular-nums"';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<p style="margin:0;opacity:.7">${escapeHtml(title)}</p>
<h1 style="margin:0 0 4px;font-size:22px;line-height:1.3">${escapeHtml(who)}</h1>
<p style="margin:0 0 16px">${escapeHtml(days)}, compared with ${escapeHtml(before)}. Days of ${escapeHtml(timeZone)}.</p>
${gap ? `<p style="margin:0 0 16px"><strong>${escapeHtml(gap)}</strong></p>` : ''}
<table ${table}>
${head}
${figures}
</table>
${sources && `<h2 style="margin:24px 0 4px;font-size:16px">Top sources</h2>\n<table ${table}>\n${sources}\n</table>`}
<p style="margin:24px 0 0"><a href="${escapeHtml(publicUrl)}/graphql">In the API</a></p>
<p style="margin:24px 0 0;font-size:13px;opacity:.7">A summary rule on Switchboard names your address. <a href="${escapeHtml(unsubscribeUrl)}">Get no more of these</a></p>
</body></html>
`;
}

/** Mar 2, 2026; Mar 2 – 8, 2026; February 2026. */
function daysOf({ from, to }: Period): string {
  const first = Temporal.PlainDate.from(from);
  const last = Temporal.PlainDate.from(to);
  const isMonth = first.day === 1 && last.day === last.daysInMonth && first.month === last.month;
  const format = new Intl.DateTimeFormat(
    'en-US',
    isMonth && first.year === last.year
      ? { year: 'numeric', month: 'long', timeZone: 'UTC' }
      : { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' },
  );
  // the library parts days by thin spaces, which not every mail program has
  return format.formatRange(new Date(from), new Date(to)).replaceAll('\u2009', ' ');
}
