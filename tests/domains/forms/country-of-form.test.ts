// A form that the API is given with numbers of another country.
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk();

it('its numbers are read as of the country that it names, and a word that is no country is refused', async () => {
  const { viewer, companyId } = await desk.settle();
  const create = (country: string | null) =>
    desk.change(
      viewer,
      'createFormSubmission',
      {
        companyId: encodeGlobalId('Company', companyId),
        fields: [{ name: 'phone', value: '020 7946 0992' }],
        country,
      },
      'formSubmission { lead { phoneNumbers } }',
    );
  expect((await create('GB')).formSubmission.lead.phoneNumbers).toEqual([`+${'442079460992'}`]);
  expect((await create(null)).formSubmission.lead).toBeNull();
  expect((await create('Germany')).userErrors).toEqual([
    {
      code: 'INVALID_INPUT',
      field: ['country'],
      message: 'country takes an ISO 3166-1 alpha-2 code, such as GB.',
    },
  ]);
});
