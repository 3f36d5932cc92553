// One's own presence: claimed, renewed, set and left by a device, and followed by it.
import { builder } from '#graphql/builder.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { claimPresence, renewPresence } from '../claim-presence.ts';
import { endOfLease, HEARTBEAT_SECONDS } from '../machine.ts';
import { followOwnPresence, type OwnPresence } from '../own-presence.ts';
import { leavePresence, setPresence } from '../set-presence.ts';
import type { AgentRow } from '../store.ts';
import { Agent } from './agent.ts';
import { AgentPresence, OwnAgentPresence, PresenceReason } from './words.ts';

const leaseIdOf = (leaseId: string) => encodeGlobalId('Lease', leaseId);

const PresenceLease = builder.objectRef<AgentRow>('PresenceLease').implement({
  description: 'What a device holds its person’s seat by.',
  fields: (t) => ({
    id: t.id({
      description: 'Give it with each heartbeat and change.',
      resolve: ({ leaseId }) => leaseIdOf(leaseId ?? ''),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends unless renewPresence comes before.',
      resolve: (row) => endOfLease(row),
    }),
    heartbeatSeconds: t.int({
      description: 'How often renewPresence has to come.',
      resolve: () => HEARTBEAT_SECONDS,
    }),
  }),
});

/** A mutation of one's own seat answers the agent and the lease. */
type OwnSeatPayload = Parameters<typeof defineMutation<object & never, AgentRow>>[1]['payload'];

const payload: OwnSeatPayload = (t) => ({
  agent: t.field({
    type: Agent,
    nullable: true,
    description: 'The agent as they are now.',
    resolve: ({ id }) => id,
  }),
  lease: t.field({
    type: PresenceLease,
    nullable: true,
    description: 'What the device holds the seat by; null after leavePresence.',
    resolve: (row) => (row.leaseId === null ? null : row),
  }),
});

defineMutation('claimPresence', {
  description:
    'A device takes the seat of the person who is signed in, and is AVAILABLE. One person is there once: another device that is idle loses the seat and is told by `ownPresence`; while it is BUSY the claim is refused with SEAT_IN_USE. The same device again goes on with its presence.',
  input: (t) => ({
    deviceId: t.string({
      required: true,
      description: 'A name that the device keeps, such as a random UUID; 1 to 100 characters.',
    }),
  }),
  run: (input, { platform, viewer }) => claimPresence(platform, viewer, input),
  payload,
});

defineMutation('renewPresence', {
  description:
    'The heartbeat of a device that holds a seat, every 15 seconds; after 45 seconds without one the agent is OFFLINE. SEAT_IN_USE: another device has taken the seat. WRONG_STATE: the lease has run out, claim again.',
  input: (t) => ({
    leaseId: t.id({ required: true, description: 'The lease of the device.' }),
  }),
  run: ({ leaseId }, { platform, viewer }) =>
    renewPresence(platform, viewer, { leaseId: readId(leaseId, 'Lease', 'leaseId') }),
  payload,
});

defineMutation('setPresence', {
  description: 'Says what the agent does, by the device that holds the seat; also a heartbeat.',
  input: (t) => ({
    leaseId: t.id({ required: true, description: 'The lease of the device.' }),
    presence: t.field({ type: OwnAgentPresence, required: true, description: 'What they do.' }),
    awayReason: t.string({ description: 'With AWAY: why, up to 100 characters.' }),
  }),
  run: (input, { platform, viewer }) =>
    setPresence(platform, viewer, { ...input, leaseId: readId(input.leaseId, 'Lease', 'leaseId') }),
  payload,
});

defineMutation('leavePresence', {
  description: 'The device gives the seat up: the agent is OFFLINE.',
  input: (t) => ({
    leaseId: t.id({ required: true, description: 'The lease of the device.' }),
  }),
  run: ({ leaseId }, { platform, viewer }) =>
    leavePresence(platform, viewer, { leaseId: readId(leaseId, 'Lease', 'leaseId') }),
  payload,
});

const OwnPresenceChange = builder.objectRef<OwnPresence>('OwnPresenceChange').implement({
  description: 'What has become of the seat of the person who is signed in.',
  fields: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent as they are now.',
      resolve: ({ agentId }) => agentId,
    }),
    leaseId: t.id({
      nullable: true,
      description:
        'The lease that holds the seat now; a device that has another one was replaced. Null = none.',
      resolve: ({ leaseId }) => leaseId && leaseIdOf(leaseId),
    }),
    presence: t.expose('presence', { type: AgentPresence, description: 'What they do now.' }),
    reason: t.expose('reason', { type: PresenceReason, description: 'Why it changed.' }),
  }),
});

builder.subscriptionField('ownPresence', (t) =>
  t.field({
    type: OwnPresenceChange,
    description:
      'Each change of the seat of the person who is signed in: a device hears that another one has taken over. An ephemeral word: whoever missed it is told by their next renewPresence.',
    subscribe: (_root, _args, context) => followOwnPresence(context),
    resolve: (change) => change as OwnPresence,
  }),
);
