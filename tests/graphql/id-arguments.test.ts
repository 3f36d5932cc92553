// What is no id of this API is told so in one sentence wherever an id is taken: every argument and input field of the
// schema, also those that may be left out, each tried with "" in it.
import {
  type FieldNode,
  getNamedType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  subscribe,
  visit,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '#schema';
import { makeViewer } from '#tests/http/support.ts';
import { runOperation } from '#tests/support/operation.ts';
import { VALUES } from '#tests/tenants/fillings.ts';
import { type GeneratedOperation, generateOperations } from '#tests/tenants/generate-operations.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';

/** Of these another refusal comes first, or another sentence fits better. */
const APART: Record<string, string> = {
  'mutation revokeSession input.sessionId': 'no viewer is signed in here',
  'mutation switchAccount input.accountId': 'no viewer is signed in here',
  'query node id': 'takes the id of anything: "This id was not issued by this API."',
  'query nodes ids': 'takes the ids of anything, too',
};

const UUID = '01900000-0000-7000-8000-000000000000';
const ids = new Proxy<Record<string, string>>(
  {},
  { get: (_none, type) => encodeGlobalId(String(type), UUID) },
);
const values = {
  ...VALUES,
  'RuleConditionInput.about': '__ABOUT__', // decides which ids go with it
};
const viewer = makeViewer();

/** The operation once for each id that it is given, with "" in its place; below the root nothing but names is asked for. */
function withoutOne({ kind, field, source }: GeneratedOperation): [path: string, source: string][] {
  const about = source.includes('keywordSetIds: [') ? 'KEYWORD_SET' : 'TRACKER';
  const [operation] = parse(source.replaceAll('__ABOUT__', about)).definitions;
  const [root] = (operation as OperationDefinitionNode).selectionSet.selections;
  if (root?.kind !== Kind.FIELD) throw new Error(`${field} has no root field.`);
  const rootType = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  const type = { ...rootType, subscription: schema.getSubscriptionType() }[kind]?.getFields()[
    field
  ];
  const names = type && isCompositeType(getNamedType(type.type)) ? '{ __typename }' : '';
  const asked = kind === 'mutation' ? '{ userErrors { code message field } }' : names;
  const tried: [string, string][] = [];
  const { selectionSet: _below, ...given }: FieldNode = root;
  visit(given, {
    StringValue(node, _key, parent, _at, above) {
      if (decodeGlobalId(node.value)?.id !== UUID) return;
      const named = [...above, parent].flatMap((one) =>
        one && 'name' in one && one.name ? [one.name.value] : [],
      );
      const emptied = visit(given, {
        StringValue: (other) => (other === node ? { ...other, value: '' } : undefined),
      });
      tried.push([named.slice(1).join('.'), `${kind} { ${print(emptied)} ${asked} }`]);
    },
  });
  return tried;
}

async function toldOf(kind: GeneratedOperation['kind'], source: string): Promise<unknown> {
  if (kind !== 'subscription') {
    const { data, errors } = await runOperation(schema, source, {}, { platform: {}, viewer });
    const [answer] = Object.values(data ?? {}) as { userErrors?: { message: string }[] }[];
    return errors?.[0].message ?? answer?.userErrors?.[0]?.message;
  }
  const contextValue = { platform: {}, viewer };
  const begun = await subscribe({ schema, document: parse(source), contextValue });
  return 'errors' in begun ? begun.errors?.[0]?.message : 'It began.';
}

it('an empty id is refused by the name of its field and of what it is to be the id of', async () => {
  const wrong: Record<string, unknown> = {};
  let tries = 0;
  for (const operation of generateOperations(schema, { ids, values })) {
    for (const [path, source] of withoutOne(operation)) {
      const place = `${operation.kind} ${operation.field} ${path}`;
      tries += 1;
      const told = await toldOf(operation.kind, source).catch((thrown) => String(thrown));
      // an Upload, but a User
      if (
        / takes (the id of (a (?![AEIO]|Up)|an (?=[AEIO]|Up))|an id).*, as this API returned it\.$/.test(
          String(told),
        )
      ) {
        continue;
      }
      if (!(place in APART)) wrong[place] = told;
    }
  }
  expect(wrong).toEqual({});
  expect(tries).toBeGreaterThan(300);
});
