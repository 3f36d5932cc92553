// Takes a schema apart into its members, each under its schema coordinate: Call, Call.note, Query.calls(first:), CallState.ENDED.

import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  print,
} from 'graphql';

/** One thing that a client can name. */
export interface Member {
  /** Its schema coordinate. */
  at: string;
  /** The coordinate of what it stands in; undefined for a type. */
  parent: string | undefined;
  /** What it is: `String!` for a field, `enum` for a type. */
  type: string;
  /** Its default as GraphQL writes it, where it is an input and has one. */
  defaultValue: string | undefined;
  /** Whether a client must give it. */
  isRequired: boolean;
  deprecationReason: string | undefined;
  description: string;
}

type Described = {
  description?: string | null | undefined;
  deprecationReason?: string | null | undefined;
};

function member(at: string, parent: string | undefined, type: string, of: Described): Member {
  return {
    at,
    parent,
    type,
    defaultValue: undefined,
    isRequired: false,
    deprecationReason: of.deprecationReason ?? undefined,
    description: of.description ?? '',
  };
}

function input(at: string, parent: string, of: GraphQLArgument | GraphQLInputField): Member {
  const value = of.defaultValue === undefined ? undefined : astFromValue(of.defaultValue, of.type);
  return {
    ...member(at, parent, String(of.type), of),
    defaultValue: value ? print(value) : undefined,
    isRequired: isRequiredArgument(of as GraphQLArgument),
  };
}

function kindOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'enum';
  if (isInputObjectType(type)) return 'input';
  if (isInterfaceType(type)) return 'interface';
  if (isScalarType(type)) return 'scalar';
  return isUnionType(type) ? 'union' : 'type';
}

function membersOf(type: GraphQLNamedType): Member[] {
  const { name } = type;
  const members = [member(name, undefined, kindOf(type), type)];
  if (isUnionType(type)) {
    members.push(
      ...type.getTypes().map((one) => member(`${name} = ${one.name}`, name, 'possible type', one)),
    );
  }
  if (isEnumType(type)) {
    members.push(
      ...type.getValues().map((value) => member(`${name}.${value.name}`, name, 'value', value)),
    );
  }
  if (isInputObjectType(type)) {
    members.push(
      ...Object.values(type.getFields()).map((field) =>
        input(`${name}.${field.name}`, name, field),
      ),
    );
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    members.push(
      ...type
        .getInterfaces()
        .map((one) => member(`${name} implements ${one.name}`, name, 'interface', one)),
    );
    for (const field of Object.values(type.getFields())) {
      const at = `${name}.${field.name}`;
      members.push(member(at, name, String(field.type), field));
      members.push(...field.args.map((arg) => input(`${at}(${arg.name}:)`, at, arg)));
    }
  }
  return members;
}

/** Every member of a schema by its coordinate, in the schema's order; without what GraphQL itself brings. */
export function listMembers(schema: GraphQLSchema): Map<string, Member> {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return new Map(own.flatMap(membersOf).map((one) => [one.at, one]));
}
