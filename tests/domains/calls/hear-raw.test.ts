// Who hears what is not silenced yet, and that each look at it is written down.
import { expect, it } from 'vitest';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown();
const { prisma } = town.server.platform.db;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const made = await makeCall(town, tracker);

it.each(['PENDING', 'FAILED'] as const)(
  'a recording that is %s is heard by holders of transcripts:raw, and each look is audited',
  async (redaction) => {
    const { call, recordingId } = await copyCall(town, made);
    const mark = (as: typeof redaction | 'MUTED') =>
      prisma.recording.update({
        where: { accountId_id: { accountId: town.accountId, id: recordingId } },
        data: { redaction: as },
      });
    const subject = `call:${decodeGlobalId(call.id)?.id}`;
    const looks = () => prisma.auditEntry.findMany({ where: { subject }, orderBy: { at: 'asc' } });
    const urlFor = async (key?: string, field = 'url') => {
      const query = `query($id: ID!) { node(id: $id) { ... on Call { recording { ${field} } } } }`;
      const { data } = await town.answer(query, { id: call.id }, key);
      return data.node.recording[field];
    };
    await mark(redaction);
    expect(await urlFor(await town.keyWith(['calls:read', 'transcripts:read']))).toBeNull();
    expect(await urlFor(undefined, 'redaction')).toBe(redaction);
    expect(await looks()).toEqual([]);

    expect(await urlFor()).toEqual(expect.any(String));
    expect(await urlFor()).toEqual(expect.any(String));
    const entry = {
      ...{ action: 'revealRawRecording', actor: expect.stringMatching(/^key:/) },
      after: { recordingId, kind: 'CALL', redaction },
    };
    expect(await looks()).toMatchObject([entry, entry]);

    const raw = await urlFor();
    expect((await fetch(raw, { method: 'HEAD' })).status).toBe(200);

    await mark('MUTED');
    const ordinary = await urlFor();
    expect(await looks()).toHaveLength(3);
    for (const link of [raw, ordinary])
      expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);

    // an edit hides something: what was given to anybody before plays nothing of it
    await mark(redaction);
    const refused = await fetch(ordinary);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('not silenced yet');
    expect((await fetch(raw, { method: 'HEAD' })).status).toBe(200);
  },
);
