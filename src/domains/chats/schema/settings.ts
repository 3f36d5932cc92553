// ChatSettings: what a company says of its chat.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { DAYS, type OpenHours } from '../business-hours.ts';
import { chatSettingsOf, updateChatSettings } from '../chat-settings.ts';
import type { ChatSettings as Settings } from '../store-settings.ts';

const name = (day: string) => day.charAt(0) + day.slice(1).toLowerCase();

const DayOfWeek = builder.enumType('DayOfWeek', {
  description: 'A day of the week.',
  values: Object.fromEntries(DAYS.map((day) => [day, { description: `${name(day)}.` }])) as Record<
    OpenHours['day'],
    { description: string }
  >,
});

const ChatHours = builder.objectRef<OpenHours>('ChatHours').implement({
  description: 'A stretch of a day in which a chat is answered, in the company’s time zone.',
  fields: (t) => ({
    day: t.expose('day', { type: DayOfWeek, description: 'On which day.' }),
    opens: t.exposeString('opens', { description: 'From when on: "09:00".' }),
    closes: t.exposeString('closes', { description: 'Until when: "17:00"; "24:00" is its end.' }),
  }),
});

const ChatHoursInput = builder.inputType('ChatHoursInput', {
  description: 'A stretch of a day in which a chat is answered, in the company’s time zone.',
  fields: (t) => ({
    day: t.field({ type: DayOfWeek, required: true, description: 'On which day.' }),
    opens: t.string({ required: true, description: 'From when on: "09:00".' }),
    closes: t.string({
      required: true,
      description: 'Until when, after `opens`: "17:00"; "24:00" is the end of the day.',
    }),
  }),
});

const ChatSettings = builder.objectRef<Settings>('ChatSettings').implement({
  description: 'What a company says of the chat on its website.',
  fields: (t) => ({
    enabled: t.exposeBoolean('enabled', {
      description:
        'Whether its pages show a chat: those that have `<script async src="https://<this server>/chat.js" data-key="<Company.site.publishableKey>"></script>`.',
    }),
    greeting: t.string({
      nullable: true,
      description: 'What a chat begins with; null = nothing.',
      resolve: ({ greeting }) => greeting || null,
    }),
    offlineText: t.string({
      nullable: true,
      description:
        'What the form says that stands there while nobody answers; null = a sentence of ours.',
      resolve: ({ offlineText }) => offlineText || null,
    }),
    transcripts: t.exposeBoolean('transcripts', {
      description: 'Whether visitors and agents may have a chat sent by mail.',
    }),
    hours: t.field({
      type: [ChatHours],
      description: 'When it is answered; none = always.',
      resolve: ({ hours }) => hours,
    }),
    version: t.exposeInt('version', {
      description: 'Rises with every change; 0 before the first.',
    }),
  }),
});

builder.objectField(Company, 'chatSettings', (t) =>
  t.loadable({
    type: ChatSettings,
    nullable: true,
    description: 'What it says of its chat; null without the scope SETTINGS_READ.',
    load: (companyIds: string[], { platform, viewer }: Context) =>
      chatSettingsOf(platform, viewer, companyIds),
    resolve: (company) => company.id,
  }),
);

defineMutation('updateChatSettings', {
  description:
    'Changes what a company says of the chat on its website. Left out = unchanged, null = cleared. Pages are told within seconds.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose chat.' }),
    enabled: t.boolean({ description: 'Whether its pages show a chat; null = false.' }),
    greeting: t.string({ description: 'What a chat begins with, up to 1,000 characters.' }),
    offlineText: t.string({
      description: 'What the form says while nobody answers, up to 1,000 characters.',
    }),
    transcripts: t.boolean({
      description:
        'Whether visitors and agents may have a chat sent by mail; null = false. Visitors choose the address and what stands in the mail.',
    }),
    hours: t.field({
      type: [ChatHoursInput],
      description: 'When it is answered, up to 28 stretches; null or none = always.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateChatSettings(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    chatSettings: t.field({
      type: ChatSettings,
      nullable: true,
      description: 'The settings as they are now.',
      resolve: (settings) => settings,
    }),
  }),
});
