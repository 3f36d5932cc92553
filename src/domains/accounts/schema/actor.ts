// Actor: whose hand it was, as rows name it: key:<id>, user:<id>, system:<name>.
import { builder } from '#graphql/builder.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const ActorKind = builder.enumType('ActorKind', {
  description: 'What sort of hand acted.',
  values: {
    KEY: { description: 'A program, through an API key.' },
    USER: { description: 'A person.' },
    SYSTEM: { description: 'The server itself.' },
  } as const,
});

/** Splits `apiKey:<id>` at its first colon. */
export function splitName(name: string): { kind: string; id: string } {
  const colon = name.indexOf(':');
  return { kind: name.slice(0, colon), id: name.slice(colon + 1) };
}

const KINDS = { key: 'KEY', user: 'USER', system: 'SYSTEM' } as const;

/** Takes a row's text: `key:<id>`. */
export const Actor = builder.objectRef<string>('Actor').implement({
  description: 'Who did something.',
  fields: (t) => ({
    kind: t.field({
      type: ActorKind,
      description: 'What sort of hand it was.',
      resolve: (name) => KINDS[splitName(name).kind as keyof typeof KINDS],
    }),
    id: t.id({
      nullable: true,
      description: 'The id of the ApiKey or User; null for the server itself.',
      resolve: (name) => {
        const { kind, id } = splitName(name);
        if (kind === 'system') return null;
        return encodeGlobalId(kind === 'key' ? 'ApiKey' : 'User', id);
      },
    }),
    part: t.string({
      nullable: true,
      description: 'The part of the server that acted; null for keys and users.',
      resolve: (name) => (splitName(name).kind === 'system' ? splitName(name).id : null),
    }),
  }),
});
