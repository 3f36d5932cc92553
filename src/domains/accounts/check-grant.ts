// Nobody can make a key that may do more than they may themselves.
import { policyRefused } from '#values/refusals.ts';
import type { Scope } from '#values/scopes.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/**
 * Refuses a key that would hold more than its maker.
 * @param grant.companyIds null = every company
 * @throws Refused SCOPE_EXCEEDED on scopes or companyIds
 */
export function checkGrant(
  viewer: Viewer,
  grant: { scopes: readonly Scope[]; companyIds: readonly string[] | null },
): void {
  const missing = grant.scopes.filter((scope) => !viewer.scopes.includes(scope));
  if (missing.length > 0) {
    const message = `You cannot grant ${missing.join(', ')}: you do not have it yourself.`;
    throw policyRefused('SCOPE_EXCEEDED', message, { field: 'scopes' });
  }
  if (viewer.companyIds === null) return;
  if (grant.companyIds?.every((companyId) => seesCompany(viewer, companyId))) return;
  const message = 'You are kept to some companies; name in companyIds only companies of yours.';
  throw policyRefused('SCOPE_EXCEEDED', message, { field: 'companyIds' });
}
