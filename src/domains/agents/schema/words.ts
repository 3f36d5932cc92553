// The words of presence.
import { builder } from '#graphql/builder.ts';

/** What an agent can say that they do. */
const SETTABLE = {
  AVAILABLE: { description: 'There, and free.' },
  BUSY: { description: 'With a customer: another device cannot take the seat over.' },
  WRAP_UP: { description: 'Finishing what a conversation left to do.' },
  AWAY: { description: 'There, but not for customers.' },
} as const;

export const AgentPresence = builder.enumType('AgentPresence', {
  description: 'What an agent does.',
  values: {
    OFFLINE: { description: 'No device of theirs is there.' },
    ...SETTABLE,
  } as const,
});

export const OwnAgentPresence = builder.enumType('OwnAgentPresence', {
  description: 'What an agent can say that they do.',
  values: SETTABLE,
});

export const PresenceReason = builder.enumType('PresenceReason', {
  description: 'Why a presence changed.',
  values: {
    CLAIMED: { description: 'A device took the free seat.' },
    TAKEN_OVER: { description: 'A device or page took the seat from another one.' },
    SET: { description: 'The agent said so.' },
    LEFT: { description: 'The device gave the seat up.' },
    EXPIRED: { description: 'The device has not been heard for 45 seconds.' },
    SEAT_REMOVED: { description: 'The seat was taken away.' },
  } as const,
});
