// What a provider that hears a whole file has answered is kept: a try that failed behind the answer pays for no other.
import { expect, it } from 'vitest';
import { CALL, openProviderServer, turns } from './provider-server.ts';

const server = await openProviderServer();

it('a recording that Deepgram has heard is not sent to it again', async () => {
  const kept = new Map<string, string>();
  const parts = {
    read: async (part: string) => kept.get(part) ?? null,
    keep: async (part: string, heard: string) => {
      kept.set(part, heard);
    },
  };
  const first = await server.provider('deepgram').transcribe(CALL, { parts });
  expect(first.segments).toHaveLength(turns.length);
  server.answers({ status: 500, body: '' });
  expect(await server.provider('deepgram').transcribe(CALL, { parts })).toEqual(first);
  expect(server.heard).toEqual([]);
  // in another language it may be another thing
  await expect(
    server.provider('deepgram').transcribe(CALL, { parts, language: 'es' }),
  ).rejects.toMatchObject({ reason: 'PROVIDER_FAILED' });
});
