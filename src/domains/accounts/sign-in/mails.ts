// The words of the mails. Lines of at most 76 signs travel as they are, so that the file of a caught mail can be read.
import { LINK_HOURS } from './links.ts';

/** A mail without its addressee. */
export interface Letter {
  subject: string;
  text: string;
}

/** To a person who has no password yet. */
export function invitationLetter(person: string, account: string, link: string): Letter {
  return {
    subject: 'You are invited to Switchboard',
    text: `Hello ${person},

you were made a member of "${account}" on Switchboard.
Choose a password here:

${link}

The link works once, for ${LINK_HOURS.INVITATION / 24} days. If you did not expect this, you need do
nothing.
`,
  };
}

/** To a person who signs in to another account already. */
export function welcomeLetter(person: string, account: string, link: string): Letter {
  return {
    subject: 'You were added to an account on Switchboard',
    text: `Hello ${person},

you were made a member of "${account}" on Switchboard. Sign in as always,
and switch to it:

${link}
`,
  };
}

export function resetLetter(person: string, link: string): Letter {
  return {
    subject: 'Your new Switchboard password',
    text: `Hello ${person},

somebody, probably you, asked for a new password. Choose it here:

${link}

The link works once, for ${LINK_HOURS.PASSWORD_RESET} hour. If it was not you, you need do nothing:
your password stays as it is.
`,
  };
}

export function passwordChangedLetter(person: string, link: string): Letter {
  return {
    subject: 'Your Switchboard password was changed',
    text: `Hello ${person},

your password was just changed, and every other session was signed out.
If it was not you, choose a new one at once:

${link}
`,
  };
}
