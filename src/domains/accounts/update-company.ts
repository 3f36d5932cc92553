// Changes a company: its name and zone, whether it is active, what is drawn from its calls and what becomes of recordings.
import { z } from 'zod';
import type { Company } from '#generated/prisma/client.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { authorize } from './permissions.ts';
import {
  changesOf,
  checkVersion,
  expectedVersionShape,
  idShape,
  languageShape,
  nameShape,
  redactionClassesShape,
  retentionShape,
  switchShape,
  timeZoneShape,
} from './shapes.ts';
import { countActiveCompanies, findCompany, lockSettings, writeCompany } from './store.ts';

const UpdateCompany = z.object({
  companyId: idShape,
  name: patched('name', nameShape),
  timeZone: patched('timeZone', timeZoneShape),
  status: patched('status', z.enum(['ACTIVE', 'DISABLED'], 'status takes ACTIVE or DISABLED.')),
  callTranscription: switchShape('callTranscription'),
  voicemailTranscription: switchShape('voicemailTranscription'),
  thirdPartyTranscription: switchShape('thirdPartyTranscription'),
  liveTranscription: switchShape('liveTranscription'),
  /** null = nobody said */
  speechLanguage: languageShape,
  /** null = recordings are kept */
  recordingRetentionDays: retentionShape,
  deleteTranscriptsWithRecordings: switchShape('deleteTranscriptsWithRecordings'),
  insights: switchShape('insights'),
  assist: switchShape('assist'),
  redactionClasses: redactionClassesShape,
  keepRawTranscripts: switchShape('keepRawTranscripts'),
  expectedVersion: expectedVersionShape,
});

export type UpdateCompanyInput = z.input<typeof UpdateCompany>;

/**
 * Patches a company. The last active company of an account cannot be disabled (product.md 2.13). Live words go to a third
 * party, so they end when none may hear anything any more, and cannot begin before; and they are redacted as English.
 * @throws Forbidden, Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, LAST_COMPANY or AI_PROCESSING_NOT_ALLOWED
 */
export async function updateCompany(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: UpdateCompanyInput,
): Promise<Company> {
  authorize(viewer, 'companies.update');
  const { companyId, expectedVersion, ...fields } = parseInput(UpdateCompany, input);
  const { accountId } = viewer;
  if (!seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  return db.transaction(async (tx) => {
    await lockSettings(tx, accountId);
    const company = await findCompany(tx, accountId, companyId);
    if (!company) throw notFound('companyId', 'Company');
    checkVersion(company, expectedVersion);
    const changes = changesOf(company, withLiveWords(company, fields as Partial<Company>));
    if (!changes) return company;
    if (changes.after.status === 'DISABLED' && (await countActiveCompanies(tx, accountId)) === 1) {
      throw policyRefused(
        'LAST_COMPANY',
        'This is the last active company of the account. Make or activate another one first.',
        { field: 'status', figures: { limit: 1, current: 1 } },
      );
    }
    const subject = `company:${companyId}`;
    await audit(tx, viewer, clock, { action: 'updateCompany', subject, ...changes });
    // what was kept before goes, also when it is wanted again before it is gone
    const isSwitched = changes.after.keepRawTranscripts !== undefined;
    return writeCompany(tx, accountId, companyId, {
      ...changes.after,
      ...(isSwitched && { rawKeptSince: clock.now(accountId) }),
    });
  });
}

/**
 * What is changed, without live words where they can be none.
 * @throws Refused AI_PROCESSING_NOT_ALLOWED where they are wanted and no third party may hear them, INVALID_INPUT where numbers in
 *   them would show
 */
function withLiveWords(company: Company, fields: Partial<Company>): Partial<Company> {
  const isAllowed = fields.thirdPartyTranscription ?? company.thirdPartyTranscription;
  const language =
    fields.speechLanguage === undefined ? company.speechLanguage : fields.speechLanguage;
  const isEnglish = language === null || new Intl.Locale(language).language === 'en';
  if (isAllowed && isEnglish) return fields;
  if (!fields.liveTranscription) return { ...fields, liveTranscription: false };
  const field = 'liveTranscription';
  if (!isAllowed) {
    throw policyRefused(
      'AI_PROCESSING_NOT_ALLOWED',
      'Live words are written down by the carrier, which is a third party: set thirdPartyTranscription to true first, or in the same request. Without it recordings are written down after the call, by the engine of this server.',
      { field },
    );
  }
  throw invalidInput(
    field,
    'Numbers in live words are known, and hidden, in English only: set speechLanguage to null or to a tag such as en-US first, or in the same request.',
  );
}
