// Does the job of a mail: looks up the person, makes the link, writes, sends.
import type { JobHandler } from '#platform/jobs/index.ts';
import { handOver } from '#platform/mail/index.ts';
import type { Platform } from '#platform/platform.ts';
import { findMember, lockPerson } from '../store.ts';
import { auditPerson } from './audit-person.ts';
import { type MailKind, sendMailJob } from './jobs.ts';
import { linkAddress, makeLinkIn } from './links.ts';
import {
  invitationLetter,
  type Letter,
  passwordChangedLetter,
  resetLetter,
  welcomeLetter,
} from './mails.ts';
import { findPersonById, readMemberships } from './store.ts';

type Needs = Pick<Platform, 'db' | 'clock' | 'mail' | 'publicUrl'>;
type Person = NonNullable<Awaited<ReturnType<typeof findPersonById>>>;

interface Errand {
  kind: MailKind;
  userId: string;
  accountId: string | null;
}

/** Handles `accounts.send-mail`. A mail that is sent twice carries two links, both good until one is used. */
export function sendMailHandler(platform: Needs): JobHandler<Errand> {
  return {
    definition: sendMailJob,
    async run({ kind, userId, accountId }) {
      const person = await findPersonById(platform.db.prisma, userId);
      if (!person) return 'nobody to write to';
      const letter = await write(platform, person, kind, accountId);
      if (!letter) return 'not a member who signs in';
      const isSent = await handOver(platform.mail, { to: person.email, ...letter });
      return isSent ? 'sent' : 'refused by the mail server';
    },
  };
}

async function write(
  platform: Needs,
  person: Person,
  kind: MailKind,
  accountId: string | null,
): Promise<Letter | null> {
  const { db, publicUrl } = platform;
  if (kind === 'WELCOME') return accountId ? welcome(platform, person, accountId) : null;
  if ((await readMemberships(db.prisma, person.id)).length === 0) return null;
  if (kind === 'PASSWORD_CHANGED') {
    return passwordChangedLetter(person.name, `${publicUrl()}/forgot-password`);
  }
  return reset(platform, person);
}

function reset({ db, clock, publicUrl }: Needs, { id: userId, email, name }: Person) {
  return db.transaction(async (tx) => {
    await lockPerson(tx, email);
    const token = await makeLinkIn(tx, clock, {
      purpose: 'PASSWORD_RESET',
      userId,
      accountId: null,
    });
    await auditPerson(tx, clock, userId, 'requestPasswordReset', 'sign-in');
    return resetLetter(name, linkAddress(publicUrl(), 'PASSWORD_RESET', token));
  });
}

function welcome({ db, clock, publicUrl }: Needs, person: Person, accountId: string) {
  const { id: userId, email, name } = person;
  return db.transaction(async (tx) => {
    await lockPerson(tx, email);
    const member = await findMember(tx, accountId, userId);
    if (!member || member.role === 'NOTIFICATION') return null;
    const account = member.account.name;
    const now = await findPersonById(tx, userId);
    if (now?.password) return welcomeLetter(name, account, `${publicUrl()}/sign-in`);
    const token = await makeLinkIn(tx, clock, { purpose: 'INVITATION', userId, accountId });
    return invitationLetter(name, account, linkAddress(publicUrl(), 'INVITATION', token));
  });
}
