// The columns of exports of calls and forms, which partners read by their place: in every format the same, in this order.
import { expect, it } from 'vitest';
import { formatLines, headerOf } from '#domains/reports/exports/format-rows.ts';
import { SHEETS } from '#domains/reports/exports/sheets.ts';

it.each([
  [
    'CALLS',
    `id company startedAt answeredAt endedAt direction outcome durationSeconds from to tracker source medium campaign
     keyword landingPage firstCall leadId leadName leadStatus valueCents tags note`,
  ],
  [
    'FORMS',
    `id company submittedAt formId formName pageUrl fields isFirst spamScore source medium campaign keyword landingPage
     leadId leadName leadStatus valueCents note`,
  ],
] as const)('%s', (kind, words) => {
  const columns = words.split(/\s+/);
  expect(headerOf('CSV', SHEETS[kind].columns)).toBe(`${columns.join(',')}\n`);
  const line = { note: 'Call back.', id: 'one', internal: 'nothing of theirs' };
  const told = JSON.parse(formatLines('JSONL', SHEETS[kind].columns, [line]));
  expect(Object.keys(told)).toEqual(columns);
  expect(told).toMatchObject({ id: 'one', company: null, note: 'Call back.' });
});
