// The machine of registrations against random facts, and the pre-flight against what the registry would refuse.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandProblems } from '#domains/numbers/registration/brand-problems.ts';
import { campaignProblems } from '#domains/numbers/registration/campaign-problems.ts';
import {
  type BrandDraft,
  brandShape,
  campaignShape,
} from '#domains/numbers/registration/details.ts';
import { messagingStatus } from '#domains/numbers/registration/messaging-status.ts';
import {
  isEditable,
  nextLook,
  nextState,
} from '#domains/numbers/registration/registration-machine.ts';
import type { RegistrationState } from '#generated/prisma/enums.ts';
import { BRAND, CAMPAIGN } from '#tests/support/register-sender.ts';

const FACTS = ['SUBMIT', 'TAKEN', 'REFUSED', 'APPROVED', 'REJECTED', 'SUSPENDED'] as const;

it('whatever comes in whatever order, only what was submitted is ever approved', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...FACTS), { maxLength: 30 }), (facts) => {
      let state: RegistrationState = 'DRAFT';
      let submitted = 0;
      for (const fact of facts) {
        const next = nextState(state, fact);
        if (next === null) continue;
        if (fact === 'SUBMIT') submitted += 1;
        if (next === 'APPROVED') expect(submitted).toBeGreaterThan(0);
        if (fact === 'SUBMIT') expect(isEditable(state)).toBe(true);
        state = next;
        // twice is as once
        if (fact !== 'SUSPENDED') expect(nextState(state, fact)).toBeNull();
        expect(nextLook(state, new Date(0)) === null).toBe(isEditable(state));
      }
    }),
    { seed: 5 },
  );
});

const brandFields = (changes: object) =>
  brandProblems(brandShape.parse({ ...BRAND, ...changes })).map(({ field }) => field);
const bluebird = { displayName: 'Bluebird', isSoleProprietor: false };
const campaignFields = (changes: object, brand = bluebird) =>
  campaignProblems(campaignShape.parse({ ...CAMPAIGN, ...changes }), brand).map((one) => one.field);

describe('a brand', () => {
  it.each([
    [{}, []],
    [{ country: 'CA', region: 'ON', postalCode: 'K1A 0B1' }, []],
    [{ country: 'CA' }, ['region', 'postalCode']],
    [{ country: 'FR' }, ['country']],
    [{ taxId: '11-1111111' }, ['taxId']],
    [{ taxId: '12345678' }, ['taxId']],
    [{ website: 'bluebird' }, ['website']],
    [{ phone: '+18765550100' }, ['phone']],
    [{ email: 'office@bluebird' }, ['email']],
    [{ postalCode: '1000' }, ['postalCode']],
    [{ entityType: 'PUBLIC_PROFIT' }, ['stockSymbol', 'stockExchange']],
    [{ entityType: 'PUBLIC_PROFIT', stockSymbol: 'BLUE', stockExchange: 'NYSE' }, []],
    [{ stockSymbol: 'BLUE' }, ['stockSymbol']],
    [{ entityType: 'SOLE_PROPRIETOR', legalName: null, taxId: null }, ['firstName', 'lastName']],
    [{ displayName: 'x'.repeat(101) }, ['displayName']],
  ])('%j has its faults in %j', (changes, fields) => {
    expect(brandFields(changes)).toEqual(fields);
  });

  it('that is empty lacks all that the registry asks for', () => {
    const fields = brandProblems(brandShape.parse({})).map(({ field }) => field);
    expect(fields).toEqual(
      'entityType displayName legalName taxId vertical website phone email street city country region postalCode'.split(
        ' ',
      ) satisfies string[] as (keyof BrandDraft)[],
    );
  });
});

describe('a campaign', () => {
  const sample = CAMPAIGN.samples[0] ?? '';
  it.each([
    [{}, []],
    [{ description: 'Texts' }, ['description']],
    [{ samples: [] }, ['samples']],
    [{ samples: ['We are on our way to you.'] }, ['samples']],
    [{ samples: [sample, sample] }, ['samples']],
    [{ samples: [`${sample} bit.ly/x`], hasEmbeddedLinks: true }, ['samples']],
    [{ samples: [`${sample} https://bluebird.example/a`] }, ['hasEmbeddedLinks']],
    [{ samples: [`${sample} Call 212 555 0180.`] }, ['hasEmbeddedPhones']],
    [{ useCase: 'MARKETING' }, ['samples']],
    [{ useCase: 'MIXED', samples: [sample, `${sample} Bye.`] }, ['subUseCases']],
    [{ useCase: 'SOLE_PROPRIETOR' }, ['useCase']],
    [{ subUseCases: ['MARKETING'] }, ['subUseCases']],
    [{ optInMessage: 'Bluebird: you will get texts.' }, ['optInMessage']],
    [{ optOutMessage: 'You will get no more texts.' }, ['optOutMessage']],
    [{ helpMessage: 'Bluebird will help you soon.' }, ['helpMessage']],
    [{ privacyPolicyUrl: null }, ['privacyPolicyUrl']],
  ])('%j has its faults in %j', (changes, fields) => {
    expect(campaignFields(changes)).toEqual(fields);
  });
});

it.each([
  ['+18005550100', {}, 'NOT_SUPPORTED'],
  ['+12125550100', { status: 'ORDERING' }, 'OFF'],
  ['+12125550100', { carrierProfileId: null }, 'OFF'],
  ['+12125550100', { campaign: null }, 'RECEIVES_ONLY'],
  ['+12125550100', { brand: 'PENDING' }, 'RECEIVES_ONLY'],
  ['+12125550100', { brand: 'SUSPENDED' }, 'SUSPENDED'],
  ['+12125550100', { assignment: 'PENDING' }, 'PENDING'],
  ['+12125550100', { carrierCampaignId: 'another' }, 'PENDING'],
  ['+12125550100', { assignment: 'FAILED' }, 'FAILED'],
  ['+12125550100', {}, 'ACTIVE'],
] as const)('%s with %j is %s', (number, changes, expected) => {
  const facts = {
    number,
    status: 'ACTIVE',
    carrierProfileId: 'p',
    carrierCampaignId: 'c',
    assignment: 'ASSIGNED',
    brand: 'APPROVED',
    campaign: { state: 'APPROVED', carrierId: 'c' },
    ...changes,
  } as const;
  expect(messagingStatus(facts)).toBe(expected);
});
