// Operations out of the schema alone: every root field, once with what it requires and once for each further argument
// that takes an id; everything is selected that can be, fields below it with every argument that is required or takes an
// id. What it cannot fill it names, so that a new field cannot go untried.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export interface GeneratedOperation {
  kind: 'query' | 'mutation' | 'subscription';
  /** the root field */
  field: string;
  /** what was filled besides the required: the path of an optional id; '' = nothing */
  variant: string;
  source: string;
  /** the node types whose ids it was given */
  given: string[];
}

/** What the generator cannot know: the ids to try, and values for scalars that are more than a scalar. */
export interface Fillings {
  /** node type → a global id of somebody else's */
  ids: Readonly<Record<string, string>>;
  /** `InputType.field`, `rootField.argument`, or the name of a scalar → a value as it stands in a document */
  values: Readonly<Record<string, string>>;
}

const MAX_DEPTH = 4;
const OPERATIONS = ['query', 'mutation', 'subscription'] as const;

/** Every operation of the schema. Throws naming each argument that it has no filling for. */
export function generateOperations(
  schema: GraphQLSchema,
  fillings: Fillings,
): GeneratedOperation[] {
  const missing: string[] = [];
  const writer = openWriter(fillings, missing);
  const operations = OPERATIONS.flatMap((kind) => {
    const root = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    }[kind];
    return Object.values(root?.getFields() ?? {}).flatMap((field) => {
      const variants = ['', ...optionalIds(field)];
      return variants.map((variant): GeneratedOperation => {
        const given: string[] = [];
        const args = writer.args(field, field.name, [variant], given);
        const selection = selectionOf(schema, field.type, 0, [], writer);
        const source = `${kind} { ${field.name}${args} ${selection} }`;
        return { kind, field: field.name, variant, source, given };
      });
    });
  });
  if (missing.length > 0) {
    throw new Error(
      `The tenant matrix cannot fill ${[...new Set(missing)].join(', ')}: give it an id or a value in fillings.ts.`,
    );
  }
  return operations;
}

/** The type whose id an argument takes, by its name: trackerIds → Tracker. */
export const typeOfId = (name: string): string => {
  const stem = name.replace(/(?<=.)Ids?$/, '');
  const type = stem.charAt(0).toUpperCase() + stem.slice(1);
  return ALIASES[type] ?? type;
};
const ALIASES: Record<string, string> = {
  Actor: 'ApiKey',
  Assignee: 'User',
  Chat: 'ChatConversation',
  Delivery: 'WebhookDelivery',
  Field: 'LeadField',
  File: 'Upload',
  Id: 'Call',
  Ids: 'Call',
  Interaction: 'Call',
  LinkedCall: 'Call',
  Media: 'Upload',
  MentionedUser: 'User',
  MergedLead: 'Lead',
  Note: 'LeadNote',
  PhoneNumber: 'TrackingNumber',
  ReplacedLease: 'Lease',
  Reservation: 'NumberReservation',
  Segment: 'TranscriptSegment',
  Set: 'KeywordSet',
  Subject: 'Call',
};

type Fillable = GraphQLArgument | GraphQLInputField;
const isId = ({ type }: Fillable) => getNamedType(type).name === 'ID';
const isRequired = ({ type, defaultValue }: Fillable) =>
  isNonNullType(type) && defaultValue === undefined;

/** Paths of the optional arguments and input fields that take ids. */
function optionalIds(field: GraphQLField<unknown, unknown>): string[] {
  const walk = (list: readonly Fillable[], path: string, above: boolean): string[] =>
    list.flatMap((one) => {
      const here = path ? `${path}.${one.name}` : one.name;
      const named = getNamedType(one.type);
      const optional = above || !isRequired(one);
      if (isId(one)) return optional ? [here] : [];
      if (!isInputObjectType(named) || path.split('.').length > 3) return [];
      return walk(Object.values(named.getFields()), here, optional);
    });
  return walk(field.args, '', false);
}

function openWriter({ ids, values }: Fillings, missing: string[]) {
  const write = (
    type: GraphQLInputType,
    where: string,
    owner: string,
    path: string,
    wants: readonly string[],
    given: string[],
  ): string => {
    if (isNonNullType(type)) return write(type.ofType, where, owner, path, wants, given);
    const own = values[owner];
    if (own !== undefined) return own;
    if (isListType(type)) return `[${write(type.ofType, where, '', path, wants, given)}]`;
    if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((one) =>
        wanted(one, `${path}.${one.name}`, wants),
      );
      const written = fields.map(
        (one) =>
          `${one.name}: ${write(one.type, one.name, `${type.name}.${one.name}`, `${path}.${one.name}`, wants, given)}`,
      );
      return `{ ${written.join(', ')} }`;
    }
    if (type.name === 'ID') {
      const node = typeOfId(where);
      const id = ids[node];
      if (id === undefined) missing.push(`${where} (a ${node})`);
      given.push(node);
      return `"${id}"`;
    }
    const value = values[type.name];
    if (value === undefined) missing.push(`${where} (${type.name})`);
    return value ?? 'null';
  };
  return {
    /** @param owner names the field in the fillings; `wants` are paths of what is filled besides the required */
    args(
      { args }: GraphQLField<unknown, unknown>,
      owner: string,
      wants: readonly string[],
      given: string[],
    ): string {
      const filled = args.filter((one) => wanted(one, one.name, wants));
      if (filled.length === 0) return '';
      const written = filled.map(
        (one) =>
          `${one.name}: ${write(one.type, one.name, `${owner}.${one.name}`, one.name, wants, given)}`,
      );
      return `(${written.join(', ')})`;
    },
  };
}

type Writer = ReturnType<typeof openWriter>;

function wanted(one: Fillable, path: string, wants: readonly string[]): boolean {
  return isRequired(one) || wants.some((want) => want === path || want.startsWith(`${path}.`));
}

/** Everything below a type, to a depth; types that stand above are not entered again. */
function selectionOf(
  schema: GraphQLSchema,
  type: Parameters<typeof getNamedType>[0],
  depth: number,
  above: readonly string[],
  writer: Writer,
): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const lines = ['__typename'];
  if (isAbstractType(named)) {
    for (const one of schema.getPossibleTypes(named)) {
      lines.push(
        `... on ${one.name} { ${fieldsOf(schema, one, depth, above, `${one.name}_`, writer)} }`,
      );
    }
  } else {
    lines.push(fieldsOf(schema, named, depth, above, '', writer));
  }
  return `{ ${lines.join(' ')} }`;
}

/** An alias for each type keeps fields of different types apart where they meet below an interface. */
function fieldsOf(
  schema: GraphQLSchema,
  type: ReturnType<typeof getNamedType>,
  depth: number,
  above: readonly string[],
  alias: string,
  writer: Writer,
): string {
  if (!isObjectType(type) || above.includes(type.name)) return '__typename';
  const lines = Object.values(type.getFields()).flatMap((field) => {
    const isLeaf = !isCompositeType(getNamedType(field.type));
    if (!isLeaf && depth >= MAX_DEPTH) return [];
    // an id that is refused here is no refusal of the operation's own, so nothing counts as given
    const args = writer.args(field, `${type.name}.${field.name}`, optionalIds(field), []);
    const shown = `${alias ? `${alias}${field.name}: ` : ''}${field.name}${args}`;
    if (isLeaf) return [shown];
    const inside = [...above, type.name];
    return [`${shown} ${selectionOf(schema, field.type as never, depth + 1, inside, writer)}`];
  });
  return lines.join(' ') || '__typename';
}
