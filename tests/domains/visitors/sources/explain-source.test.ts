// Query.explainSource: the verdict with its reasons, by the tables and by the company's rules; kept to rights.
import { describe, expect, it } from 'vitest';
import { updateSite } from '#domains/visitors/update-site.ts';
import type { Viewer } from '#values/viewer.ts';
import { openSourceDesk } from './source-desk.ts';

const { settle, ...platform } = await openSourceDesk();

describe('explainSource', () => {
  it('names the rule and what it saw, and what was asked before', async () => {
    const { explain } = await settle();
    const url =
      'https://bluebird.example/?utm_source=google&utm_medium=cpc&utm_campaign=Doors&utm_term=oak+doors&utm_content=ad2&fbclid=F';
    expect(await explain(url, 'https://l.facebook.com/')).toEqual({
      ...{ network: 'Google', source: 'Google Ads', medium: 'cpc', campaign: 'Doors' },
      ...{ term: 'oak doors', content: 'ad2', clickIds: [{ parameter: 'fbclid', value: 'F' }] },
      ...{ keepsSession: false, ruleId: 'utm.source', rule: null, confidence: 'HIGH' },
      rulesVersion: expect.stringMatching(/^\d{4}\.\d+\.\d+$/),
      explanation:
        'Google Ads, because utm_source is "google", which names Google; utm_medium is "cpc", so its medium is cpc.',
      tried: [
        { ruleId: 'company', reason: 'The company has no rules.' },
        {
          ruleId: 'click-id.fbclid',
          reason:
            'fbclid tells only that the link was clicked on a site of Meta; utm_source says Google.',
        },
      ],
    });
  });

  it('takes anything for an address, and tells nothing where nothing is', async () => {
    const { explain } = await settle();
    expect(await explain('\u0001 not an address \ud800')).toMatchObject({
      ...{ source: 'Direct', medium: 'direct', campaign: null, term: null, content: null },
      ...{ clickIds: [], confidence: 'LOW', ruleId: 'direct' },
    });
    expect(
      await explain('https://bluebird.example/', 'https://www.bluebird.example/'),
    ).toMatchObject({
      ...{ source: 'Direct', keepsSession: true, ruleId: 'referrer.same-site' },
    });
  });

  it('refuses an address with the character U+0000, which no text here has', async () => {
    const { explain } = await settle();
    const refused = { extensions: { code: 'BAD_INPUT', field: ['url'] } };
    expect(await explain('\u0000 not an address')).toMatchObject({ errors: [refused] });
  });

  it('knows the other domains of the company’s site, whose visits keep their session', async () => {
    const { viewer, companyId, explain } = await settle();
    const visit = ['https://bluebird.example/', 'https://shop.greenbird.example/'] as const;
    expect(await explain(...visit)).toMatchObject({ source: 'greenbird.example' });
    await updateSite(platform, viewer, {
      companyId,
      domains: ['bluebird.example', 'greenbird.example'],
    });
    expect(await explain(...visit)).toMatchObject({
      ...{ source: 'Direct', keepsSession: true, ruleId: 'referrer.same-site' },
    });
  });

  it('asks the company’s rules first, in their order, and names the one that decided', async () => {
    const { create, change, explain } = await settle();
    const promo = [{ part: 'PARAMETER', parameter: 'promo', match: 'EXISTS' }];
    await create({ name: 'Radio', conditions: [{ part: 'UTM_SOURCE', value: 'radio' }] });
    const { sourceRule } = await create({ name: 'Promotion', conditions: promo, medium: 'own' });
    await create({ name: 'Later', conditions: promo });
    const url = 'https://bluebird.example/?promo=1&gclid=abc&utm_campaign=May';
    const found = await explain(url);
    expect(found).toMatchObject({
      ...{ network: 'Promotion', source: 'Promotion', medium: 'own', campaign: 'May' },
      ...{ rule: { name: 'Promotion' }, confidence: 'CERTAIN' },
      explanation:
        'Promotion, because a rule of the company says so: the parameter promo is there.',
      tried: [{ reason: 'This rule of the company wants that utm_source is "radio".' }],
    });
    await change('deleteSourceRule', { sourceRuleId: sourceRule.id });
    expect(await explain(url)).toMatchObject({ source: 'Later', medium: null });
  });

  it('takes a rule’s name that sources are listed by for that network, any other for the company’s own word', async () => {
    const { create, explain } = await settle();
    const names = {
      ...{ 'Google Ads': 'Google', 'google organic': 'Google', Google: 'Google' },
      ...{ 'Microsoft Ads': 'Bing', 'Bing Ads': 'Bing', 'Facebook Ads': 'Facebook' },
      ...{ 'Brand ads': 'Brand ads', 'Google Ads in May': 'Google Ads in May' },
    };
    for (const [at, name] of Object.keys(names).entries()) {
      await create({ name, conditions: [{ part: 'UTM_SOURCE', value: `radio ${at}` }] });
    }
    for (const [at, [source, network]] of Object.entries(names).entries()) {
      const told = await explain(`https://bluebird.example/?utm_source=radio+${at}`);
      expect(told).toMatchObject({ source, network });
    }
  });

  it('needs numbers:read, and a company of the viewer’s', async () => {
    const { viewer, explain, create, kept } = await settle();
    await create({ conditions: [{ part: 'LANDING_URL', match: 'EXISTS' }] });
    const url = 'https://bluebird.example/';
    const reader: Viewer = { ...viewer, scopes: ['numbers:read'] };
    expect(await explain(url, null, reader)).toMatchObject({ source: 'Radio', rule: null });
    const other: Viewer = { ...viewer, scopes: ['settings:read'] };
    expect((await explain(url, null, other)).errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await explain(url, null, kept)).errors[0].extensions.code).toBe('FORBIDDEN');
    const stranger = await settle();
    expect((await explain(url, null, stranger.viewer)).errors[0].extensions.code).toBe('NOT_FOUND');
  });
});
