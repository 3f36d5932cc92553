// The audio of an erased call: what lies in the recording's folder goes, and what was stored before there were folders; that
// of others stays, and is not looked through.
import { expect, it } from 'vitest';
import { removeLeftMedia } from '#domains/calls/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const disk = openDiskStorage(temporaryFolder());
const carrier = { deleteRecording: async () => {}, deleteRecordingsOf: async () => {} };
const carriers = { of: async () => carrier } as never;

async function settle(names: readonly string[]) {
  const [accountId, id, session] = [newId(), newId(), newId()];
  const keys = names.map((name) => `recordings/${accountId}/${name.replace('ID', id)}`);
  const other = `recordings/${accountId}/${newId()}.wav`;
  for (const key of [...keys, other]) await disk.put(key, [Buffer.from('RIFF')] as never);
  const prefixes: string[] = [];
  const storage = {
    ...disk,
    removeAll: (prefix: string) => {
      prefixes.push(prefix);
      return disk.removeAll(prefix);
    },
  };
  const left = async () => {
    const sizes = await Promise.allSettled(keys.map((key) => disk.size(key)));
    return keys.filter((_key, n) => sizes[n]?.status === 'fulfilled');
  };
  const erase = (mediaKeys: readonly string[]) =>
    removeLeftMedia({ storage, carriers }, accountId, {
      ...{ recordingIds: [id], carrierRecordingIds: [], mediaKeys: [...mediaKeys], session },
    });
  return { keys, left, erase, prefixes, others: () => disk.size(other) };
}

it('goes with its folder, and nothing else is read', async () => {
  const { keys, left, erase, prefixes, others } = await settle(['ID/heard.wav', 'ID/0a1b.wav']);
  await erase(keys);
  expect(await left()).toEqual([]);
  expect(prefixes.map((prefix) => prefix.at(-1))).toEqual(['/']);
  expect(await others()).toBe(4);
});

it('goes as well where it lay beside the others', async () => {
  const { left, erase, others } = await settle(['ID.wav', 'ID-0a1b.wav']);
  await erase([]);
  expect(await left()).toEqual([]);
  expect(await others()).toBe(4);
});
