// The accounts' schema at work on a real database: an account and a way to ask as any viewer.
import type { Db } from '#platform/db/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { foundAccount, noEvents } from './town.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

export { encodeGlobalId as globalId };

/** An account; `ask` runs an operation as its admin or as another viewer. */
export async function townWithApi(db: Db) {
  const town = await foundAccount(db);
  const ask = (source: string, variables: Record<string, unknown> = {}, viewer?: Viewer) =>
    runOperation(schema, source, variables, {
      platform: {
        db,
        clock: town.clock,
        secrets,
        jobs: town.jobs as never,
        events: noEvents as never,
        carriers: { forget: () => {} } as never,
      },
      viewer: viewer ?? town.admin,
    });
  return { ...town, ask };
}

export const CREATE_COMPANY = `mutation ($input: CreateCompanyInput!) {
  createCompany(input: $input) { company { id name timeZone status version } userErrors { code field message } }
}`;
export const UPDATE_COMPANY = `mutation ($input: UpdateCompanyInput!) {
  updateCompany(input: $input) { company { name status version }
    userErrors { code field ... on VersionConflict { currentVersion } ... on PolicyRefusal { limit current } } }
}`;
export const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey { id name prefix state scopes companies { name } createdBy { kind part } expiresAt }
    secret userErrors { code field }
  }
}`;
