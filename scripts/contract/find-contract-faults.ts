// What the API may not do to its clients: break them without a listed reason, or before a promised day.

import type { GraphQLSchema } from 'graphql';
import { findLastRelease, findUnexplained } from './changelog.ts';
import { compareSchemas } from './compare-schemas.ts';
import { findDeprecationFaults } from './find-deprecation-faults.ts';

/**
 * Finds every fault of the current schema against the one last released. What is deprecated anew is measured from the last
 * release and what is removed by `today`, so that time alone never turns a good state bad; a release measures both by its day.
 * @param schemas the two schemas and CHANGELOG.md's text
 * @param today YYYY-MM-DD
 * @returns one sentence for each fault, with what to do
 */
export function findContractFaults(
  {
    released,
    current,
    changelog,
  }: { released: GraphQLSchema; current: GraphQLSchema; changelog: string },
  today: string,
): string[] {
  const unexplained = findUnexplained(changelog, compareSchemas(released, current).breaking);
  const days = { deprecatedOn: findLastRelease(changelog).day, removedOn: today };
  return [
    ...unexplained.map(
      (change) =>
        `${change} This breaks clients and nobody has said why: take it back and deprecate instead, or run npm run generate and write the reason behind its "Why:" in CHANGELOG.md.`,
    ),
    ...findDeprecationFaults(released, current, days),
  ];
}
