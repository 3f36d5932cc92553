// A person whose every word is handed over in one file: a recorded call with its transcript, a text with a picture, a chat, a
// form, a visit, a note, merged from two leads. Nothing of anybody else is in it, and it goes with the person.
import { expect, it } from 'vitest';
import { writeLeadExport } from '#domains/erasures/lead-file/write-lead-export.ts';
import { readExportLink } from '#domains/reports/index.ts';
import { EXPORTED } from '#tests/house/support/personal-stores.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { change, openSite, type Person, textsPicture } from './person-town.ts';
import { type HandedOver, saySomething, valuesAt } from './said-by-person.ts';

const town = await openTown();
const { platform } = town.server;
const { prisma } = platform.db;
const { accountId } = town;
const ADA: Person = {
  ...{ number: '+12065550182', email: 'ada@wren.example', name: 'Ada Wren', word: 'Kingfisher' },
};
const BOB: Person = {
  ...{ number: '+12065550183', email: 'bob@finch.example', name: 'Bob Finch', word: 'Goldfinch' },
};
const EXPORT = 'export { id kind format state failure rowCount leadId from url }';
const MUTATION = `mutation($input: ExportLeadInput!) { exportLead(input: $input) { ${EXPORT} userErrors { code } } }`;

const leadOf = async ({ email: value }: Person) => {
  const found = await town.until('the lead is here', () =>
    prisma.leadIdentity.findFirst({ where: { accountId, kind: 'EMAIL', value } }),
  );
  return found.leadId;
};
const stateOf = async (id: string) =>
  (
    await town.ask(
      `query($id: ID!) { node(id: $id) { ... on Export { ${EXPORT.slice(9, -2)} } } }`,
      { id },
    )
  ).node;
const made = async (leadId: string) => {
  const { export: asked } = await change(town, 'exportLead', { leadId }, EXPORT);
  return town.until('the file is there', async () => {
    const seen = await stateOf(asked.id);
    return seen.state === 'READY' && seen;
  });
};

it('is handed over whole, alone, and goes with the person', { timeout: 60_000 }, async () => {
  const tracker = await town.tracker({ recording: true });
  town.business(tracker).is('answer', { say: 'garage-door', hangUpAfterSeconds: 60 });
  const site = await openSite(town);
  await change(town, 'createAutomationRule', {
    ...{ name: 'Forms', triggers: ['FORM_SUBMITTED'] },
    actions: [{ kind: 'SCORE', points: 1 }],
  });
  for (const person of [ADA, BOB]) {
    const visit = await site.visit(person.word);
    await visit.form(person);
    await visit.chat(person);
    await textsPicture(town, tracker, person);
  }
  const shared = await site.visit('SharedBrowser');
  await shared.form({ ...ADA, word: `${ADA.word} again` });
  await shared.form(BOB);
  town.caller(ADA.number).dials(tracker, { callerName: ADA.name });
  await town.sees('CALL_RECORDING_READY', ({ call }) => call.from === ADA.number);
  const own = await leadOf(ADA);
  const leadId = encodeGlobalId('Lead', own);
  const words = `${ADA.word} likes tea`;
  const { note } = await change(town, 'createLeadNote', { leadId, text: words }, 'note { id }');
  await change(town, 'updateLeadNote', { noteId: note.id, text: `${ADA.word} likes coffee` });
  await change(town, 'tagLead', { leadId, tags: ['Regular'] });
  const [call] = (await town.ask('{ calls(first: 1) { nodes { id } } }')).calls.nodes;
  await change(town, 'tagCall', { callId: call.id, tags: ['Regular'] });
  await saySomething(prisma, { accountId, leadId: own }, ADA.word);
  // the same person by another address, handed over before the two are found to be one
  const other: Person = {
    ...ADA,
    number: '+12065550184',
    email: 'ada.wren@home.example',
    word: 'Halcyon',
  };
  await (await site.visit(other.word)).form({ ...other, number: '' });
  const otherId = await leadOf(other);
  const before = await made(encodeGlobalId('Lead', otherId));
  await change(town, 'mergeLeads', { leadId, mergedLeadIds: [encodeGlobalId('Lead', otherId)] });
  await town.until('all is attributed', async () => {
    const open = { accountId, kind: { not: 'CALL' as const }, attribution: null };
    return (await prisma.interaction.count({ where: open })) === 0;
  });

  await town.until('a rule fired for them', () =>
    prisma.ruleRun.findFirst({ where: { accountId, judgement: { interaction: { leadId: own } } } }),
  );

  const narrow = await town.keyWith(['reports:read', 'leads:read', 'calls:read', 'messages:read']);
  const refused = await town.answer(MUTATION, { input: { leadId } }, narrow);
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const stranger = await town.stranger();
  const foreign = await town.answer(MUTATION, { input: { leadId } }, stranger.key);
  expect(foreign.data.exportLead.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);

  const ready = await made(leadId);
  expect(ready).toMatchObject({ kind: 'LEAD', format: 'JSON', failure: null, leadId, from: null });
  expect(ready.rowCount).toBe(6);
  const text = await (await fetch(ready.url)).text();
  const file: HandedOver = JSON.parse(text);
  expect(file).toMatchObject({ format: 'switchboard.lead', version: 1, lead: { id: leadId } });
  for (const word of [
    ...[ADA.number, ADA.email, ADA.name, other.email, 'Regular', 'Kingfisher likes tea'],
    ...['Kingfisher likes coffee', 'Kingfisher again', 'Kingfisher on the line'],
    ...['doors?name=Kingfisher', 'doors?name=Halcyon'],
  ]) {
    expect([word, text.includes(word)]).toEqual([word, true]);
  }
  // every table that is said to stand in it does
  const missing = Object.entries(EXPORTED).filter(
    ([, place]) => valuesAt(file, place).length === 0,
  );
  expect(missing).toEqual([]);
  // and so do the words of each channel, not of one alone
  const said = [
    'conversation.messages.text',
    'chat.messages.text',
    'call.transcripts.insights.text',
  ];
  for (const place of [...said.map((one) => `interactions.${one}`), 'fields.value', 'tasks.text']) {
    expect([place, valuesAt(file, place)]).toEqual([place, expect.arrayContaining([ADA.word])]);
  }
  for (const word of [
    BOB.number,
    BOB.email,
    BOB.name,
    BOB.word,
    'SharedBrowser',
    stranger.accountId,
  ]) {
    expect([word, text.includes(word)]).toEqual([word, false]);
  }
  for (const place of ['call.recordings.url', 'conversation.messages.files.url']) {
    const [url] = valuesAt(file, `interactions.${place}`);
    expect(await fetch(String(url))).toMatchObject({ status: 200 });
  }
  const week = new Date(Date.parse(file.linksUntil));
  expect(week.getTime() - Date.parse(file.exportedAt)).toBeGreaterThan(6 * 86_400_000);
  expect(readExportLink(platform.secrets, new URL(ready.url), () => week)).toBe('EXPIRED');
  expect(await fetch(ready.url.replace('mac=', 'mac=0'))).toMatchObject({ status: 403 });
  const audited = await prisma.auditEntry.findMany({ where: { accountId, action: 'exportLead' } });
  expect(audited.map(({ subject }) => subject)).toEqual([`lead:${otherId}`, `lead:${own}`]);

  // a worker that was killed while it wrote: the next one begins anew
  const again = async (id: string, signal: AbortSignal) => {
    const exportId = decodeGlobalId(id)?.id ?? '';
    await prisma.export.updateMany({ where: { id: exportId }, data: { state: 'RUNNING' } });
    return writeLeadExport(platform, { accountId, exportId }, signal);
  };
  await expect(again(ready.id, AbortSignal.abort(new Error('killed')))).rejects.toThrow('killed');
  expect(await fetch(ready.url)).toMatchObject({ status: 410 });
  const { signal } = new AbortController();
  expect(await again(ready.id, signal)).toBe('ready');
  const second: HandedOver = await (await fetch((await stateOf(ready.id)).url)).json();
  expect(second.interactions).toHaveLength(6);
  // the lead that was merged meanwhile is no person of its own any more
  expect(await again(before.id, signal)).toBe('lead-gone');
  expect(await stateOf(before.id)).toMatchObject({
    state: 'FAILED',
    failure: 'LEAD_GONE',
    url: null,
  });

  await change(town, 'eraseLead', { leadId });
  await town.sees('LEAD_ERASED');
  expect(await fetch(ready.url)).toMatchObject({ status: 410 });
  expect(await stateOf(ready.id)).toMatchObject({ state: 'EXPIRED', url: null });
  const key = `exports/${accountId}/${decodeGlobalId(ready.id)?.id}.json`;
  await town.until('its file is gone', () =>
    platform.storage.size(key).then(
      () => false,
      () => true,
    ),
  );
});
