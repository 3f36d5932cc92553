// The door of the accounts domain: who owns what, who may do what, and who did what. Every verb of every domain begins
// with `authorize` and tells `audit`; a create, send or place runs inside `once`.
export { audit } from './audit.ts';
export { authenticateKey, recheck } from './authenticate-key.ts';
export { authorizeCompanies } from './authorize-companies.ts';
export { checkCompaniesExist } from './check-companies.ts';
export { checkMembers, seersOf } from './check-members.ts';
export { configureCarrier } from './configure-carrier.ts';
export { createAccount } from './create-account.ts';
export { createApiKey } from './create-api-key.ts';
export { createCompany } from './create-company.ts';
export { currentRights } from './current-rights.ts';
export { endsWithMember } from './end-with-member.ts';
export { ensureFirstAccounts, type FirstAccounts } from './ensure-first-accounts.ts';
export { Forbidden, Unauthenticated } from './errors.ts';
export {
  accountsJobHandlers,
  noteFailedSignInJob,
  purgeIdempotencyKeysJob,
  purgeSignInsJob,
  sendMailJob,
} from './jobs.ts';
export { isSiteKey, makeSiteKey } from './key-format.ts';
export { type AnswerCodec, answerById, once, wasDone } from './once.ts';
export { openCarrierSettings } from './open-carrier-settings.ts';
export { authorize, may, scopesOfVerbs, type Verb, verbOfEvent } from './permissions.ts';

export { Actor, Company, RedactionClass, Viewer } from './schema.ts';
export { acceptInvitation } from './sign-in/accept-invitation.ts';
export { authenticateSession } from './sign-in/authenticate-session.ts';
export { inviteByLink } from './sign-in/invite-by-link.ts';
export { listOwnAccounts } from './sign-in/list-sessions.ts';
export { requestPasswordReset } from './sign-in/request-password-reset.ts';
export { resetPassword } from './sign-in/reset-password.ts';
export { signIn } from './sign-in/sign-in.ts';
export { signOut } from './sign-in/sign-out.ts';
export { listAccounts, noteRawDropped } from './store.ts';
export { systemViewer } from './viewers.ts';
export { workOffAccounts } from './work-off-accounts.ts';
