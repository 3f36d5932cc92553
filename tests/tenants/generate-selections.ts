// Stored selections out of the schema alone: everything that can be selected of every type of event, in parts that an
// endpoint may store.
import {
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { BadSelection, type Selections } from '#graphql/selections.ts';

const MAX_DEPTH = 4;
/** parts in one selection, as long as it may be stored */
const TOGETHER = 16;

/** Below Event they cost more than a stored selection may, whichever way they are reached: nobody can store them. */
const TOO_DEAR = ['Keyword', 'KeywordBacklog'];

/** One object of a selection with all its plain fields. */
interface Part {
  text: string;
  /** `Type.field` of each */
  fields: string[];
}

/** A selection as it may be stored, and as it is run. */
export interface Storable {
  text: string;
  document: DocumentNode;
}

/** Selections by the type of event. Throws naming each field that is in none of them. */
export function generateSelections(
  schema: GraphQLSchema,
  selections: Pick<Selections, 'read'>,
): Map<string, Storable[]> {
  const event = schema.getType('Event');
  if (!isInterfaceType(event)) throw new Error('The schema has no interface Event.');
  const missing = new Set<string>();
  const selected = new Set<string>();
  const made = new Map(
    schema.getPossibleTypes(event).map((type) => {
      const parts = partsOf(schema, type, [], missing);
      for (const { fields } of parts) for (const field of fields) missing.add(field);
      const chunks = Array.from({ length: Math.ceil(parts.length / TOGETHER) }, (_, n) =>
        parts.slice(n * TOGETHER, (n + 1) * TOGETHER),
      );
      const store = (some: readonly Part[]) => storable(selections, type.name, some, selected);
      return [type.name, chunks.flatMap(store)];
    }),
  );
  const never = [...missing].filter(
    (field) => !selected.has(field) && !TOO_DEAR.includes(field.split('.')[0] ?? ''),
  );
  if (never.length > 0) {
    throw new Error(
      `No stored selection has ${never.join(', ')}: have generate-selections.ts fill their arguments, or go less deep.`,
    );
  }
  return made;
}

/** What can be selected of a type, in parts of one object each; types that stand above are not entered again. */
function partsOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  above: readonly string[],
  missing: Set<string>,
): Part[] {
  const leaves: string[] = [];
  const below: Part[] = [];
  for (const field of Object.values(type.getFields())) {
    const isFilled = field.args.every((arg) => isPage(arg) || !isGiven(arg));
    if (!isFilled) missing.add(`${type.name}.${field.name}`);
    const args = field.args.some(({ name }) => name === 'first') ? '(first: 1)' : '';
    if (!isCompositeType(getNamedType(field.type))) leaves.push(field.name);
    else {
      for (const part of partsBelow(schema, field.type, [...above, type.name], missing)) {
        below.push({ ...part, text: `${field.name}${args} { ${part.text} }` });
      }
    }
  }
  const fields = leaves.map((name) => `${type.name}.${name}`);
  return [{ text: ['__typename', ...leaves].join(' '), fields }, ...below];
}

const isPage = ({ name }: GraphQLArgument) => /^(first|after|last|before|order)$/.test(name);
/** Whether an argument must be given, or could name somebody's things. */
const isGiven = ({ type, defaultValue }: GraphQLArgument) =>
  (isNonNullType(type) && defaultValue === undefined) || mayName(getNamedType(type));
const mayName = (type: GraphQLNamedType): boolean =>
  type.name === 'ID' ||
  (isInputObjectType(type) &&
    Object.values(type.getFields()).some((field) => {
      const inner = getNamedType(field.type);
      return inner.name === 'String' || mayName(inner);
    }));

function partsBelow(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  above: readonly string[],
  missing: Set<string>,
): Part[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    return schema.getPossibleTypes(named).flatMap((one) =>
      partsBelow(schema, one, above, missing).map((part) => {
        return { ...part, text: `... on ${one.name} { ${part.text} }` };
      }),
    );
  }
  if (!isObjectType(named) || above.includes(named.name) || isTooDeep(above)) return [];
  return partsOf(schema, named, above, missing);
}

/** The frames of a connection are no depth of their own. */
const isTooDeep = (above: readonly string[]) =>
  above.filter((name) => !/(Connection|Edge)$/.test(name)).length > MAX_DEPTH;

/** One selection, or as many as it takes for each to be storable; what is too dear even alone nobody can store. */
function storable(
  selections: Pick<Selections, 'read'>,
  type: string,
  parts: readonly Part[],
  selected: Set<string>,
): Storable[] {
  const text = `{ __typename ... on ${type} { ${parts.map((part) => part.text).join(' ')} } }`;
  try {
    const document = selections.read(text);
    for (const { fields } of parts) for (const field of fields) selected.add(field);
    return [{ text, document }];
  } catch (error) {
    if (!(error instanceof BadSelection)) throw error;
    if (parts.length === 1) return [];
    const half = Math.ceil(parts.length / 2);
    return [parts.slice(0, half), parts.slice(half)].flatMap((some) =>
      storable(selections, type, some, selected),
    );
  }
}
