// Makes viewers: of an API key's row, of a member, and of the server itself when it acts without a person.
import type { AccountMode, Role as DbRole } from '#generated/prisma/client.ts';
import { SCOPES, type Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { scopesOfRole } from './permissions.ts';

/**
 * The server acting for an account: all rights, named in the audit log as `system:<name>`.
 * @param name the part that acts: carrier, sandbox, operator
 */
export function systemViewer(accountId: string, mode: 'LIVE' | 'TEST', name: string): Viewer {
  return {
    accountId,
    mode,
    actor: { kind: 'system', id: name },
    role: 'ADMIN',
    scopes: SCOPES,
    companyIds: null,
  };
}

/** The viewer of an API key: an ADMIN within the key's scopes and companies. */
export function keyViewer(key: {
  accountId: string;
  id: string;
  scopes: readonly string[];
  allCompanies: boolean;
  companyIds: readonly string[];
  account: { mode: AccountMode };
}): Viewer {
  return {
    accountId: key.accountId,
    mode: key.account.mode,
    actor: { kind: 'key', id: key.id },
    role: 'ADMIN',
    // a scope that a later version dropped grants nothing
    scopes: key.scopes.filter((scope): scope is Scope => SCOPES.some((known) => known === scope)),
    companyIds: key.allCompanies ? null : key.companyIds,
  };
}

/** The viewer of a signed-in person: what the role allows, in the member's companies. */
export function memberViewer(member: {
  accountId: string;
  userId: string;
  role: DbRole;
  allCompanies: boolean;
  companyIds: readonly string[];
  account: { mode: AccountMode };
}): Viewer {
  return {
    accountId: member.accountId,
    mode: member.account.mode,
    actor: { kind: 'user', id: member.userId },
    role: member.role,
    scopes: scopesOfRole(member.role),
    companyIds: member.allCompanies ? null : member.companyIds,
  };
}
