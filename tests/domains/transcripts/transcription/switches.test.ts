// The company's switches: off means that no audio of that kind reaches a transcriber, whatever the tracker asks for.
import { describe, expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeHandler } from '#domains/transcripts/transcription/transcribe.ts';
import type { TranscriptionProvider } from '#platform/speech/index.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { platform } = town.server;
const tracker = await town.tracker({ recording: true, transcription: true, ringSeconds: 5 });

/** A transcriber that remembers what it was given. */
function listener() {
  const heard: string[] = [];
  const speech: TranscriptionProvider = {
    ...{ id: 'listener', model: 'none', host: null, detectsLanguage: true },
    async transcribe(file) {
      heard.push(file);
      const said = { text: 'Hello.', startMs: 0, endMs: 900, words: [], uncertain: false };
      return {
        segments: [{ channel: 0, ...said }],
        engine: 'listener',
        model: 'none',
        language: 'en',
        wordTimes: 'estimated',
        audioSeconds: 1,
        channels: 1,
      };
    },
    stop: async () => {},
  };
  const { run } = transcribeHandler({ ...platform, expectedWords, speech, remoteSpeech: null });
  const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
  return {
    heard,
    hears: (recording: { id: string; accountId: string }) =>
      run({ accountId: recording.accountId, recordingId: recording.id }, job),
  };
}

const switches = async (input: object) => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const { updateCompany } = await town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
       company { callTranscription voicemailTranscription } userErrors { message } } }`,
    { input: { companyId: companies.nodes[0].id, ...input } },
  );
  return updateCompany.company;
};

/** A stored recording of a kind. */
async function recorded(kind: 'CALL' | 'VOICEMAIL') {
  town.business(tracker).is(kind === 'CALL' ? 'answer' : 'no-answer', { hangUpAfterSeconds: 30 });
  const caller = town.caller();
  caller.dials(tracker, { afterBeep: 'voicemail-message' });
  return town.until('the recording is stored', () =>
    platform.db.prisma.recording.findFirst({
      where: { kind, state: 'READY', call: { from: caller.from, state: 'ENDED' } },
    }),
  );
}
const jobsFor = async (recordingId: string) => {
  const { rows } = await platform.db.pool.query(
    `select 1 from pgboss.job where name = 'transcripts.transcribe' and data->>'recordingId' = $1`,
    [recordingId],
  );
  return rows.length;
};
/** The reactions have gone by every event so far. */
const settled = async () => {
  const { accountId } = town;
  await town.until('the reactions have read the log', async () => {
    const { rows } = await platform.db.pool.query(
      `select 1 from reaction_cursor where name = 'transcripts.transcribe-recordings'
         and (epoch, xid, seq) >= (select epoch, xid, seq from event where account_id = $1
               order by epoch desc, xid desc, seq desc limit 1)`,
      [accountId],
    );
    return rows.length > 0;
  });
};

describe.each(['CALL', 'VOICEMAIL'] as const)('the switch for a %s', (kind) => {
  const own = kind === 'CALL' ? 'callTranscription' : 'voicemailTranscription';
  const other = kind === 'CALL' ? 'voicemailTranscription' : 'callTranscription';

  it('off: nothing is asked of a transcriber, and a job that is there all the same gives it nothing', async () => {
    expect(await switches({ [own]: false, [other]: true })).toEqual({
      [own]: false,
      [other]: true,
    });
    const recording = await recorded(kind);
    await settled();
    expect(await jobsFor(recording.id)).toBe(0);
    const { heard, hears } = listener();
    expect(await hears(recording)).toBe('switched off');
    expect(heard).toEqual([]);
    expect(
      await platform.db.prisma.transcript.count({ where: { recordingId: recording.id } }),
    ).toBe(0);
    // the other kind's switch is not its own
    await switches({ [own]: true, [other]: false });
    expect(await hears(recording)).toBe('transcribed');
    expect(heard).toHaveLength(1);
  });
});
