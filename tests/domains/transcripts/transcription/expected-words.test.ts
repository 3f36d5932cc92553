// The engine is told which words a company expects: its name, and what its keyword sets listen for. Calls are really made, and
// the provider is a real one over HTTP, whose server stands here.
import { describe, expect, it } from 'vitest';
import { openProviderServer } from '#tests/platform/speech/provider-server.ts';
import { makeCall } from '#tests/support/copied-call.ts';
import { openTown, type TownTracker } from '#tests/support/town.ts';

const provider = await openProviderServer();
const town = await openTown({ env: provider.env('openai') });

const change = async (mutation: string, type: string, input: object, fields: string) =>
  (
    await town.ask(
      `mutation($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code message field } } }`,
      { input },
    )
  )[mutation];
const openCompany = async (name: string) => {
  const { company } = await change(
    'createCompany',
    'CreateCompanyInput',
    { name },
    'company { id }',
  );
  await change(
    'updateCompany',
    'UpdateCompanyInput',
    { companyId: company.id, thirdPartyTranscription: true },
    'company { id }',
  );
  const tracker = await town.tracker({
    ...{ companyId: company.id, recording: true, transcription: true },
  });
  town.business(tracker).is('answer', { say: 'garage-door' });
  return { id: company.id as string, tracker };
};
const listenFor = (companyId: string | null, keywords: object[]) =>
  change(
    'createKeywordSet',
    'CreateKeywordSetInput',
    { companyId, name: 'Trades', keywords },
    'keywordSet { id }',
  );
const remove = (keywordSetId: string) =>
  change('deleteKeywordSet', 'DeleteKeywordSetInput', { keywordSetId }, 'deletedKeywordSetId');

/** What the provider was told of the next call of a company to this number. */
const toldOfCall = async (tracker: TownTracker) => {
  provider.answers();
  const callId = await makeCall(town, tracker);
  await town.until('it is written down', async () => {
    const { transcript } = await town.call(callId);
    return transcript?.state === 'READY';
  });
  const prompts = provider.heard.map(
    ({ fields }) => fields.find(([name]) => name === 'prompt')?.[1] ?? null,
  );
  return [...new Set(prompts)];
};

describe('what a call’s engine is told', () => {
  it('is the company’s name where it keeps no keyword sets', async () => {
    const { tracker } = await openCompany('Castle & Keep Roofing, LLC');
    expect(await toldOfCall(tracker)).toEqual(['Castle and Keep Roofing.']);
  });

  it('is the words of a name that is no phrase of letters', async () => {
    const { tracker } = await openCompany('Molar’s 24 Hour Dental');
    expect(await toldOfCall(tracker)).toEqual(['Molar, Dental.']);
  });

  it('is what its own sets listen for too, as words and phrases, and nothing of another company’s', async () => {
    const roofer = await openCompany('Keep Roofing');
    const dentist = await openCompany('Molar Dental');
    await listenFor(roofer.id, [
      { text: 'gutter' },
      { text: 'Hail damage', match: 'EXACT', speaker: 'CALLER' },
      // the same once more, no words of a language, and words that every talk is full of
      { text: 'GUTTER', match: 'EXACT' },
      { text: 'unit 4401' },
      { text: 'AC' },
      { text: 'call me back', match: 'EXACT' },
      { text: 'shing*', match: 'PREFIX' },
      { text: 'skylig', match: 'PREFIX' },
      { text: '"ridge vent" AND NOT (lawsuit OR attorney)', match: 'EXPRESSION' },
      { text: 'chimney NEAR/5 flashing', match: 'EXPRESSION' },
      { text: 'soffit NOT NEAR/5 cancel', match: 'EXPRESSION' },
      { text: 'estim* OR drywall', match: 'EXPRESSION' },
      { text: 'mold in the attic behind insulation', match: 'EXACT' },
    ]);
    expect(await toldOfCall(roofer.tracker)).toEqual([
      'Keep Roofing, gutter, Hail damage, ridge vent, chimney, flashing, soffit, drywall, mold, attic, insulation.',
    ]);
    expect(await toldOfCall(dentist.tracker)).toEqual(['Molar Dental.']);
  });

  it('is what sets of every company listen for behind that, and nothing of a set that is deleted', async () => {
    const { id, tracker } = await openCompany('Keep Roofing');
    const everywhere = await listenFor(null, [{ text: 'financing' }]);
    await listenFor(id, [{ text: 'gutter' }]);
    const { keywordSet } = await listenFor(id, [{ text: 'chimney' }]);
    await remove(keywordSet.id);
    expect(await toldOfCall(tracker)).toEqual(['Keep Roofing, gutter, financing.']);
    // the other tests’ companies keep to their own
    await remove(everywhere.keywordSet.id);
  });
});
