// installationHealth.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import {
  CHECK_STATES,
  CHECKS,
  type CheckCode,
  type CheckState,
  type HealthCheck,
} from '../health-check.ts';
import { type InstallationHealth, readHealth } from '../read-health.ts';
import { SiteScan } from './refs.ts';

const described = <Name extends string>(words: Readonly<Record<Name, string>>) =>
  Object.fromEntries(
    Object.entries(words).map(([name, description]) => [name, { description }]),
  ) as Record<Name, { description: string }>;

const InstallationCheckCode = builder.enumType('InstallationCheckCode', {
  description: 'What is looked at in an installation.',
  values: described<CheckCode>(CHECKS),
});

const InstallationState = builder.enumType('InstallationState', {
  description: 'How something in an installation is.',
  values: described<CheckState>(CHECK_STATES),
});

const InstallationCheck = builder.objectRef<HealthCheck>('InstallationCheck').implement({
  description: 'One thing that was looked at in an installation.',
  fields: (t) => ({
    code: t.expose('code', { type: InstallationCheckCode, description: 'What was looked at.' }),
    state: t.expose('state', { type: InstallationState, description: 'How it is.' }),
    message: t.exposeString('message', { description: 'The same as a sentence.' }),
    whatToDo: t.exposeString('whatToDo', {
      nullable: true,
      description: 'What to do next; null when there is nothing to do.',
    }),
    examples: t.stringList({
      description: 'Up to five of what it is about: hosts, numbers, addresses, names.',
      resolve: ({ examples }) => [...examples],
    }),
  }),
});

const InstallationHealthType = builder
  .objectRef<InstallationHealth>('InstallationHealth')
  .implement({
    description:
      'Whether a company’s website is set up rightly, judged by what has arrived from it in the last 30 days, its trackers as they are, and its latest scan.',
    fields: (t) => ({
      company: t.field({
        type: Company,
        description: 'The company.',
        resolve: ({ companyId }) => companyId,
      }),
      state: t.expose('state', {
        type: InstallationState,
        description: 'The worst of its checks.',
      }),
      checks: t.field({
        type: [InstallationCheck],
        description: 'What was looked at, in the order in which one thing needs the other.',
        args: {
          states: t.arg({
            type: [InstallationState],
            description: 'Only those in these states: [NOTICE, FAULT].',
          }),
        },
        resolve: ({ checks }, { states }) =>
          states ? checks.filter(({ state }) => states.includes(state)) : checks,
      }),
      visits: t.int({
        description: 'Visits of the last 30 days, those without consent too.',
        resolve: ({ counts }) => counts.visits,
      }),
      deniedVisits: t.int({
        description: 'Those of them without consent.',
        resolve: ({ counts }) => counts.deniedVisits,
      }),
      targetVisits: t.int({
        description:
          'Those with consent, to pages with a number to swap; a page that asks for further numbers later counts here once more.',
        resolve: ({ counts }) => counts.targetVisits,
      }),
      unservedVisits: t.int({
        description: 'Those of these that were shown no tracking number.',
        resolve: ({ counts }) => counts.unservedVisits,
      }),
      latestScan: t.field({
        type: SiteScan,
        nullable: true,
        description: 'The scan that was judged; null when none was done.',
        resolve: ({ scanId }) => scanId,
      }),
      checkedAt: t.expose('checkedAt', { type: 'DateTime', description: 'When it was judged.' }),
    }),
  });

builder.queryField('installationHealth', (t) =>
  t.field({
    type: InstallationHealthType,
    description:
      'Whether a company’s website is set up rightly: what is well, what is not, and what to do next.',
    args: {
      companyId: t.arg.id({ required: true, description: 'Whose website.' }),
    },
    resolve: (_root, { companyId }, { platform, viewer }) =>
      readHealth(platform, viewer, readId(companyId, 'Company', 'companyId')),
  }),
);
