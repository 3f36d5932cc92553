// No table with something of a person is forgotten by an erasure: the models are held against support/personal-stores.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPORTED, NOT_EXPORTED, PERSONAL_STORES } from './support/personal-stores.ts';
import { ROOT, readSources } from './support/sources.ts';

/** columns that may name a customer, or hold what they said, wrote or looked at */
const PERSONAL =
  /^(number|customerNumber|fromNumber|visitor(Name|Email|Phone)|email|name|text|note|body|response|said|words?|quote|fields|pageUrl|landingUrl|referrer|url|title|shownText|ipAddress|value|storageKey|clickIds|customCookies|params|machine)$/;
/** keys that lead to somebody */
const TO_PERSON =
  /^(lead|ownLead|interaction|call|conversation|message|chat|visitor|session|transcript|recording|voicemail|note|run|consent|delivery|submission)Id$/;

/** Models with such a column that tell of no customer, and what it is. */
const OTHERS: Readonly<Record<string, string>> = {
  ...{
    Account: 'its own name',
    Company: 'its own name',
    User: 'a member',
    AgentTelephone: 'a member',
    ApiKey: 'its own name',
  },
  ...{ Erasure: 'the receipt', LeadErasure: 'the receipt', ReactionCursor: 'a part of the server' },
  ...{ SiteScan: 'the company’s page', ScannedPage: 'the company’s page' },
  ...{ PrintedNumber: 'a number on the company’s page', Site: 'which cookies it allows' },
  ...{ SiteSighting: 'a host or a number of the company’s page', SearchRebuild: 'an index' },
  SearchCopy: 'an index',
  ...{
    KeywordSet: 'the company’s word',
    Tag: 'the company’s word',
    LeadField: 'the company’s word',
  },
  ...{
    SavedView: 'a member’s word',
    SavedSearch: 'a member’s word',
    AlertRule: 'whom the company tells',
    WebhookEndpoint: 'a partner',
  },
  ...{
    Source: 'an ad',
    Tracker: 'its own name',
    SourceRule: 'its own name',
    ReportBucket: 'an ad',
  },
  ...{ AutomationRule: 'the company’s word', AutomationRuleVersion: 'the company’s word' },
  ...{ SummaryRule: 'whom the company tells', PushSubscription: 'a member’s browser' },
  ...{ PhoneNumber: 'ours', ReservedNumber: 'ours' },
  PoolNumber: 'ours; who held it last, by ids that lead nowhere once the visit is gone',
};

/** Personal columns that stand in no file of a person. */
const WITHHELD: Readonly<Record<string, string>> = {
  'Call.machine': 'the server’s notes while the call goes on; its facts are told',
  'Recording.storageKey': 'a link is told',
  'TranscriptSegment.words': 'the text, word by word',
  'MessageMedia.url': 'where the carrier had it; a link of ours is told',
  'MessageMedia.storageKey': 'a link is told',
  'ChatFile.storageKey': 'a link is told',
};

interface Model {
  name: string;
  reasons: string[];
}

function readModels(text: string): Model[] {
  return [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => {
    const columns = [...body.matchAll(/^ {2}(\w+) +[A-Z]\w*/gm)].map(([, column = '']) => column);
    const isReason = (column: string) => PERSONAL.test(column) || TO_PERSON.test(column);
    return { name, reasons: columns.filter(isReason) };
  });
}

const forgotten = (models: readonly Model[]) =>
  models
    .filter(
      ({ name, reasons }) => reasons.length > 0 && !(name in PERSONAL_STORES || name in OTHERS),
    )
    .map(({ name, reasons }) => `${name}: ${reasons.join(', ')}`);

const folder = join(ROOT, 'prisma/models');
const models = readdirSync(folder).flatMap((file) =>
  readModels(readFileSync(join(folder, file), 'utf8')),
);

/** Personal columns of what is exported that no part of the file reads. */
function unread(models: readonly Model[]): string[] {
  const files = readSources('src/domains/erasures/lead-file');
  const code = files.map((file) => file.code).join();
  return models
    .filter(({ name }) => name in EXPORTED)
    .flatMap(({ name, reasons }) => reasons.map((column) => [name, column] as const))
    .filter(([, column]) => PERSONAL.test(column) && !code.includes(`${column}: true`))
    .map(([name, column]) => `${name}.${column}`)
    .filter((column) => !(column in WITHHELD));
}

describe('an erasure', () => {
  it('reaches every table that may tell of a person', () => {
    expect(models.length).toBeGreaterThan(80);
    expect(forgotten(models)).toEqual([]);
  });

  it('names no table that is not there', () => {
    const names = new Set(models.map(({ name }) => name));
    const listed = [...Object.keys(PERSONAL_STORES), ...Object.keys(OTHERS)];
    expect(listed.filter((name) => !names.has(name))).toEqual([]);
  });

  it('reaches nothing that an export leaves out without a reason', () => {
    const told = [...Object.keys(EXPORTED), ...Object.keys(NOT_EXPORTED)];
    expect(told.sort()).toEqual(Object.keys(PERSONAL_STORES).sort());
    expect(unread(models)).toEqual([]);
    expect(unread([{ name: 'Chat', reasons: ['shoeSize', 'machine'] }])).toEqual(['Chat.machine']);
  });

  it('is told of a new table', () => {
    const planted =
      'model Letter {\n  accountId String @db.Uuid\n  leadId String\n  text String?\n}\n';
    expect(forgotten(readModels(planted))).toEqual(['Letter: leadId, text']);
  });
});
