// MessageLimits.traffic: how much of what is texted comes in, in all and of each company, number and agent.
import { Company } from '#domains/accounts/index.ts';
import { AgentNode, MessageLimitsNode } from '#domains/agents/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { FullTypes } from '#graphql/schema-types.ts';
import { MOST_SHARES, readShare, readShares, type Share, type ShareKind } from '../read-shares.ts';

type Shared = Share & { id: string };
type ShareFields<Row extends Share> = PothosSchemaTypes.ObjectFieldBuilder<FullTypes, Row>;

const OF_30_DAYS = 'within 30 days';

const figures = <Row extends Share>(t: ShareFields<Row>) => ({
  inbound: t.int({
    description: `Texts that came in ${OF_30_DAYS}.`,
    resolve: ({ inbound }) => inbound,
  }),
  outbound: t.int({
    description: `Texts that went out ${OF_30_DAYS}, those that wait included.`,
    resolve: ({ outbound }) => outbound,
  }),
  inboundPercent: t.int({
    nullable: true,
    description: 'How much of both came in, in percent, rounded down; null of no texts.',
    resolve: ({ inbound, outbound }) =>
      inbound + outbound === 0 ? null : Math.floor((inbound * 100) / (inbound + outbound)),
  }),
});

const CompanyTraffic = builder.objectRef<Shared>('CompanyTraffic').implement({
  description: 'The texts of a company.',
  fields: (t) => ({
    company: t.field({ type: Company, description: 'The company.', resolve: ({ id }) => id }),
    ...figures(t),
  }),
});

const NumberTraffic = builder.objectRef<Shared>('NumberTraffic').implement({
  description: 'The texts of a number of the account.',
  fields: (t) => ({
    phoneNumber: t.field({
      type: 'PhoneNumber',
      description: 'The number.',
      resolve: ({ id }) => id,
    }),
    ...figures(t),
  }),
});

const AgentTraffic = builder.objectRef<Shared>('AgentTraffic').implement({
  description: 'The texts of an agent: sent by them, or come in where they wrote last.',
  fields: (t) => ({
    agent: t.field({
      type: AgentNode,
      nullable: true,
      description: 'The agent; null without the scope AGENTS_READ.',
      resolve: ({ id }) => id,
    }),
    ...figures(t),
  }),
});

const nowOf = ({ platform, viewer }: Context) => platform.clock.now(viewer.accountId);
const sharesOf = (kind: ShareKind) => (_share: Share, _args: object, context: Context) =>
  readShares(context.platform.db, context.viewer, kind, nowOf(context));
const MOST = `those that send most first, at most ${MOST_SHARES}; without texts of erased conversations`;

const MessageTraffic = builder.objectRef<Share>('MessageTraffic').implement({
  description:
    'The texts of the account, as the least share of inbound ones (inboundPercent of the limits) is judged by them.',
  fields: (t) => ({
    ...figures(t),
    companies: t.field({
      type: [CompanyTraffic],
      description: `The same of each company that the viewer sees: ${MOST}.`,
      extensions: { listSize: 20, points: 20 },
      resolve: sharesOf('COMPANY'),
    }),
    numbers: t.field({
      type: [NumberTraffic],
      description: `The same of each number: ${MOST}.`,
      extensions: { listSize: 20, points: 20 },
      resolve: sharesOf('NUMBER'),
    }),
    agents: t.field({
      type: [AgentTraffic],
      description: `The same of each agent: ${MOST}.`,
      extensions: { listSize: 20, points: 20 },
      resolve: sharesOf('AGENT'),
    }),
  }),
});

builder.objectFields(MessageLimitsNode, (t) => ({
  traffic: t.field({
    type: MessageTraffic,
    description: 'How much is texted now, and how much of it comes in.',
    resolve: (_limits, _args, context) =>
      readShare(context.platform.db, context.viewer, nowOf(context)),
  }),
}));
