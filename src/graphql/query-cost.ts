// What an operation costs: asked for (before it runs, from the document) and really given (after, from the answer).
// Shopify's scale: scalars and enums 0, objects 1, mutations 10, a connection's rows × `first`; a field that does more work
// than its objects tell says how much more by `extensions: { points }`.
import {
  type DocumentNode,
  type GraphQLField,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';
import { DEFAULT_PAGE, MAX_PAGE } from './connection.ts';

const OBJECT_COST = 1;
const MUTATION_COST = 10;
/** rows assumed of a plain list; a field says otherwise by `extensions: { listSize }` */
const ASSUMED_LIST_SIZE = 5;
/** the fields of a connection that come once for each row, and its frame */
const OF_ROWS = ['edges', 'nodes', 'pageInfo'];
/** what else a connection holds (counts of the whole list) comes once: its points are handed up as millionths */
const ONCE = 1e-6;

/**
 * The cost of an operation as it is asked for.
 * @returns points, at least 1 for anything that is not introspection. Throws GraphQLError for bad variables.
 */
export function requestedCost(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  variables: Record<string, unknown>;
  operationName: string | undefined;
}): number {
  const { schema, document, variables } = operation;
  const chosen = getOperationAST(document, operation.operationName);
  if (!chosen) return 0;
  // the library mistakes a nameless operation beside a given name, so it gets the chosen one alone
  const query: DocumentNode = {
    ...document,
    definitions: document.definitions.filter(
      (definition) => definition === chosen || definition.kind === Kind.FRAGMENT_DEFINITION,
    ),
  };
  return getComplexity({ schema, query, variables, estimators: [estimate] });
}

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const named = getNamedType(field.type);
  if (!isCompositeType(named) || named.name.startsWith('__')) return 0;
  if (type.name === 'Mutation') return MUTATION_COST + childComplexity;
  if (isConnection(named)) {
    const once = Math.round((childComplexity % 1) / ONCE);
    return ownCost(type, field) + rowsAsked(args) * Math.floor(childComplexity) + once;
  }
  const one = ownCost(type, field) + childComplexity;
  if (isConnection(type) && OF_ROWS.includes(field.name)) return one;
  const all = isList(field.type) ? listSize(field, args) * one : one;
  return isConnection(type) ? all * ONCE : all;
}

/** The points of one object of this field; the wrappers of a connection are free. */
function ownCost(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number {
  const wrapper = isConnection(parent) && (field.name === 'edges' || field.name === 'pageInfo');
  const { points } = field.extensions;
  return (wrapper ? 0 : OBJECT_COST) + (typeof points === 'number' ? points : 0);
}

function isConnection(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields();
}

function isList(type: GraphQLOutputType): boolean {
  if (type instanceof GraphQLNonNull) return isList(type.ofType as GraphQLOutputType);
  return type instanceof GraphQLList;
}

function rowsAsked(args: { [name: string]: unknown }): number {
  const first = typeof args.first === 'number' ? args.first : DEFAULT_PAGE;
  return Math.min(Math.max(first, 1), MAX_PAGE);
}

function listSize(
  field: GraphQLField<unknown, unknown>,
  args: { [name: string]: unknown },
): number {
  if (Array.isArray(args.ids)) return args.ids.length;
  if (typeof args.first === 'number') return rowsAsked(args);
  const { listSize: told } = field.extensions;
  return typeof told === 'number' ? told : ASSUMED_LIST_SIZE;
}

/**
 * The cost of an answer: the objects that it really holds.
 * @param data the `data` of the answer; null costs nothing but the mutations that ran
 */
export function actualCost(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  data: unknown;
}): number {
  const chosen = getOperationAST(operation.document, operation.operationName);
  const root = chosen && operation.schema.getRootType(chosen.operation);
  if (!chosen || !root) return 0;
  const fragments = new Map(
    operation.document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  let total = 0;
  /** object → the answer keys in it that were counted: two selections of one field are one object */
  const counted = new WeakMap<object, Set<string>>();

  const walk = (value: unknown, selections: SelectionSetNode, type: GraphQLNamedType): void => {
    if (Array.isArray(value)) {
      for (const each of value) walk(each, selections, type);
    } else if (value !== null && typeof value === 'object') {
      walkObject(value as Record<string, unknown>, selections, type);
    }
  };
  const walkObject = (
    value: Record<string, unknown>,
    { selections }: SelectionSetNode,
    type: GraphQLNamedType,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const field = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
        const key = selection.alias?.value ?? selection.name.value;
        if (!field || !('resolve' in field) || !selection.selectionSet) continue;
        count(value, key, type, field);
        walk(value[key], selection.selectionSet, getNamedType(field.type));
      } else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const condition = fragment?.typeCondition?.name.value;
        const narrowed = condition ? operation.schema.getType(condition) : type;
        if (fragment && narrowed) walkObject(value, fragment.selectionSet, narrowed);
      }
    }
  };
  const count = (
    parent: Record<string, unknown>,
    key: string,
    type: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ): void => {
    const keys = counted.get(parent) ?? new Set();
    counted.set(parent, keys);
    if (keys.has(key)) return;
    keys.add(key);
    if (getNamedType(field.type).name.startsWith('__')) return;
    total += type.name === 'Mutation' ? MUTATION_COST : ownCost(type, field) * objects(parent[key]);
  };
  walk(operation.data, chosen.selectionSet, root);
  return total;
}

function objects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + objects(each), 0);
  return value !== null && typeof value === 'object' ? 1 : 0;
}
