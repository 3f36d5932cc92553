// What was heard was sealed under a key that the server has no more: what is stored is redacted in its place, once, and what
// was heard when the key is back.
import { expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { forgetReadings } from '#domains/intelligence/index.ts';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { keepRedactionHandler } from '#domains/transcripts/redaction/keep-redaction.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import { REDACTION_VERSION } from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { storeRaw } from '#domains/transcripts/redaction/store-raw.ts';
import { openPostgresSearch } from '#platform/search/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openLibrary } from '#tests/domains/intelligence/library.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const library = await openLibrary();
const { prisma } = library.db;
const search = openPostgresSearch({ db: library.db, tags: taggedInteractions });
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };
const OTHER_KEY = openSecrets(Buffer.alloc(32, 9));

const HEARD = 'My name is Robert Hill, I have asthma.';
const READ = `query($id: ID!) { node(id: $id) { ... on Call {
  transcript { isRawSealed redactionVersion redactionClasses segments { text } } } } }`;
const REVEAL = `mutation($input: RevealRawTranscriptInput!) { revealRawTranscript(input: $input) {
  segments { text } userErrors { code message } } }`;

/** A call whose stored words lack what is to be found in what was heard. */
async function settle() {
  const people = await library.settle();
  const { accountId, companyId, viewer, run } = people;
  const { callId, transcriptId } = await library.write(people, [
    'C: My name is [NAME], I have asthma.',
  ]);
  const place = { accountId, companyId, transcriptId, keptAt: library.clock.now(accountId) };
  const raw = [{ speaker: 'CALLER' as const, startMs: 0, endMs: 2_000, text: HEARD, words: [] }];
  await library.db.transaction((tx) => storeRaw(tx, library.secrets, place, raw));
  await prisma.transcript.updateMany({
    where: { accountId },
    data: { redactionVersion: REDACTION_VERSION, redactionClasses: ['SECURE', 'PERSONAL'] },
  });
  const wants = { redactionClasses: ['PERSONAL', 'MEDICAL'] as never, keepRawTranscripts: true };
  await updateCompany(library, viewer, { companyId, ...wants });
  const warned: object[] = [];
  const log = { ...library.log, warn: (told: object) => warned.push(told) };
  const id = encodeGlobalId('Call', callId);
  return {
    warned,
    transcriptId,
    /** a minute passes: what is due is redacted again. Returns what came of each. */
    minute: async (secrets = library.secrets) => {
      const due: { accountId: string; transcriptId: string }[] = [];
      const jobs = {
        enqueueAll: async (_tx: unknown, _job: unknown, all: typeof due) => due.push(...all),
      };
      const slice = { ...library, jobs, secrets, log, search, forgetReadings } as never;
      await keepRedactionHandler(slice).run({}, once);
      const mine = due.filter((one) => one.accountId === accountId);
      return Promise.all(mine.map((one) => repeatRedactionHandler(slice).run(one, once)));
    },
    read: async () => (await run(READ, { id })).data.node.transcript,
    reveal: async (secrets = library.secrets) => {
      const platform = { ...library, secrets };
      const { data } = await run(REVEAL, { input: { callId: id, kind: 'CALL' } }, viewer, platform);
      return data.revealRawTranscript;
    },
  };
}

it('is redacted as it is stored, once, and told', async () => {
  const { minute, read, reveal, warned, transcriptId } = await settle();
  expect(await minute(OTHER_KEY)).toEqual(['redacted']);
  expect(await read()).toMatchObject({
    ...{ isRawSealed: true, redactionVersion: REDACTION_VERSION },
    ...{ redactionClasses: ['SECURE', 'PERSONAL', 'MEDICAL'] },
    segments: [{ text: 'My name is [NAME], I have [MEDICAL].' }],
  });
  expect(warned).toEqual([{ transcriptId }]);
  const refused = { code: 'WRONG_STATE', message: expect.stringContaining('SECRET_KEY') };
  expect(await reveal(OTHER_KEY)).toEqual({ segments: null, userErrors: [refused] });
  for (let n = 0; n < 3; n += 1) expect(await minute(OTHER_KEY)).toEqual([]);
  expect(warned).toHaveLength(1);
});

it('is redacted as it was heard when the key is back', async () => {
  const { minute, read, reveal } = await settle();
  await minute(OTHER_KEY);
  expect(await minute()).toEqual(['nothing to hide']);
  expect(await read()).toMatchObject({
    ...{ isRawSealed: false, redactionVersion: REDACTION_VERSION },
    segments: [{ text: 'My name is [NAME], I have [MEDICAL].' }],
  });
  expect((await reveal()).segments).toEqual([{ text: HEARD }]);
  expect(await minute()).toEqual([]);
});

it('is tried again under a third key, which does not open it either', async () => {
  const { minute, read, warned } = await settle();
  await minute(OTHER_KEY);
  expect(await minute(openSecrets(Buffer.alloc(32, 11)))).toEqual(['nothing to hide']);
  expect(warned).toHaveLength(2);
  expect((await read()).isRawSealed).toBe(true);
});
