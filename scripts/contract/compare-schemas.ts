// What has changed between two schemas, in words for the people who build on the API.

import { findBreakingChanges, type GraphQLSchema } from 'graphql';
import { listMembers, type Member } from './list-members.ts';

/** Lines of the changelog by its headings. What is breaking is told there alone. */
export interface SchemaChanges {
  breaking: string[];
  deprecated: string[];
  changed: string[];
  added: string[];
}

const firstSentence = (text: string) => /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;

function tellAdded({ at, parent, type, defaultValue, description }: Member): string {
  const said = firstSentence(description).replaceAll(/\s+/g, ' ').trim();
  const isFieldOrInput = parent && !['value', 'interface', 'possible type'].includes(type);
  const written = isFieldOrInput ? `${at}: ${type}` : parent ? at : `${type} ${at}`;
  return `\`${written}${defaultValue ? ` = ${defaultValue}` : ''}\`${said ? `: ${said}` : ''}`;
}

// graphql calls a lost default no more than dangerous; where a value is needed, who left it out is refused from now on.
function becameRequired(before: Member, after: Member): boolean {
  return before.type === after.type && !before.isRequired && after.isRequired;
}

function tellChanged(before: Member, after: Member): string[] {
  const told: string[] = [];
  if (before.type !== after.type) {
    told.push(`\`${after.at}\` is \`${after.type}\`, was \`${before.type}\`.`);
  }
  if (before.defaultValue !== after.defaultValue) {
    const was = before.defaultValue ? `\`${before.defaultValue}\`` : 'nothing';
    const is = after.defaultValue ? `\`${after.defaultValue}\`` : 'nothing';
    told.push(`\`${after.at}\` stands for ${is} where it is left out, was ${was}.`);
  }
  if (before.deprecationReason && !after.deprecationReason) {
    told.push(`\`${after.at}\` is no longer deprecated.`);
  }
  return told;
}

/**
 * Compares the schema as last released with the current one.
 * @returns `breaking`: by the rules of graphql's findBreakingChanges, and inputs that lost the default they need.
 *   `changed`: other types and defaults that differ. Changed descriptions are not told.
 */
export function compareSchemas(released: GraphQLSchema, current: GraphQLSchema): SchemaChanges {
  const before = listMembers(released);
  const after = [...listMembers(current).values()];
  const kept = after.flatMap((now) => {
    const was = before.get(now.at);
    return was ? [{ was, now }] : [];
  });
  // Int and the like come and go with what uses them
  const found = findBreakingChanges(released, current)
    .map(({ description }) => description)
    .filter((said) => !said.startsWith('Standard scalar '));
  const isBroken = ({ at }: Member) => {
    const asGraphqlSays = at.replace(/\((\w+):\)$/, ' arg $1');
    const starts = [`${asGraphqlSays} changed `, `${asGraphqlSays} has changed type `];
    return found.some((said) => starts.some((start) => said.startsWith(start)));
  };
  // a new type or field is told once, not again for each thing in it; a new input that must be given is breaking
  const isToldAlone = ({ parent, isRequired }: Member) =>
    parent === undefined || (before.has(parent) && !isRequired);

  return {
    breaking: [
      ...found,
      ...kept
        .filter(({ was, now }) => becameRequired(was, now))
        .map(({ now }) => `${now.at} has lost its default and must be given.`),
    ].sort(),
    deprecated: kept
      .filter(
        ({ was, now }) => now.deprecationReason && now.deprecationReason !== was.deprecationReason,
      )
      .map(({ now }) => `\`${now.at}\`: ${now.deprecationReason}`),
    changed: kept
      .filter(({ was, now }) => !isBroken(now) && !becameRequired(was, now))
      .flatMap(({ was, now }) => tellChanged(was, now)),
    added: after.filter((now) => !before.has(now.at) && isToldAlone(now)).map(tellAdded),
  };
}
