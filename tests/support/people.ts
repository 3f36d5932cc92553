// People of a town: they are invited through the API, read their mail, choose a password and sign in by a browser.
import { join } from 'node:path';
import type { Data } from '../../demo/api.ts';
import { openTestBrowser, type TestBrowser } from './browser.ts';
import { type ReceivedMail, readMails } from './mailbox.ts';
import type { Town } from './town.ts';

export const PASSWORD = 'four green garage doors';
let people = 0;

export const ERRORS = 'userErrors { code message field ... on PolicyRefusal { limit retryAt } }';
const SESSION = 'session { id isCurrent membership { accountId name role } }';
export const SIGN_IN = `mutation($input: SignInInput!) { signIn(input: $input) { ${SESSION} ${ERRORS} } }`;
export const ACCEPT = `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { ${SESSION} ${ERRORS} } }`;
export const RESET = `mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { ${SESSION} ${ERRORS} } }`;
export const REQUEST_RESET = `mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested ${ERRORS} } }`;
export const SIGN_OUT = `mutation($input: SignOutInput!) { signOut(input: $input) { endedSessions ${ERRORS} } }`;
export const SWITCH = `mutation($input: SwitchAccountInput!) { switchAccount(input: $input) { ${SESSION} ${ERRORS} } }`;
export const CHANGE_PASSWORD = `mutation($input: ChangePasswordInput!) { changePassword(input: $input) { ${SESSION} ${ERRORS} } }`;
export const REVOKE = `mutation($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId ${ERRORS} } }`;
const ADD = `mutation($input: AddUserInput!) { addUser(input: $input) { user { id } ${ERRORS} } }`;
export const ME = `{ viewer { account { id name } user { id name email } role scopes
  accounts { accountId name role } sessions { totalCount nodes { id isCurrent userAgent } } } }`;

export interface Person {
  email: string;
  /** the global id */
  id: string;
}

export const tokenIn = ({ link }: ReceivedMail): string =>
  new URL(link).searchParams.get('token') ?? '';

interface Invitation {
  role?: string;
  email?: string;
  companyIds?: string[];
  /** of an admin of the account; the town's own when left out */
  key?: string;
}

/** The people of a town. */
export function peopleOf(town: Town) {
  const folder = join(town.server.platform.config.DATA_DIR, 'mail');
  const mailsTo = async (email: string) =>
    (await readMails(folder)).filter((mail) => mail.to === email);
  const browser = (origin?: string): TestBrowser => openTestBrowser(town.server.url, origin);
  /** The nth mail to an address, once it has come. */
  const mail = (email: string, nth = 1): Promise<ReceivedMail> =>
    town.until(`mail ${nth} to somebody`, async () => (await mailsTo(email))[nth - 1]);
  /** Makes a person a member. */
  const invites = async ({ key, ...fields }: Invitation = {}): Promise<Person> => {
    const email = fields.email ?? `person-${++people}@example.com`;
    const input = { name: 'Robin Miller', role: 'ADMIN', ...fields, email };
    const { data } = await town.answer(ADD, { input }, key);
    return { email, id: data.addUser.user.id };
  };
  return {
    browser,
    mail,
    invites,
    mailsTo,
    /** A person who has accepted and is signed in. */
    async arrives(invitation: Invitation = {}) {
      const person = await invites(invitation);
      const token = tokenIn(await mail(person.email));
      const own = browser();
      const { data } = await own.ask(ACCEPT, { input: { token, password: PASSWORD } });
      return { ...person, browser: own, session: data.acceptInvitation.session as Data };
    },
    /** Signs in by a new browser. */
    async signsIn(email: string, password = PASSWORD) {
      const own = browser();
      const { data } = await own.ask(SIGN_IN, { input: { email, password } });
      return { browser: own, ...(data.signIn as Data) };
    },
    /** The audit log of the town's account, newest first. */
    async audit(action: string): Promise<Data[]> {
      const { auditLog } = await town.ask(
        `query($filter: AuditEntryFilter) { auditLog(first: 100, filter: $filter) {
           nodes { action actor { kind id part } subjectType subjectId before after } } }`,
        { filter: { action } },
      );
      return auditLog.nodes;
    },
  };
}
