// The changelog's unreleased section: written out of the schemas, with a person's reasons kept, until a release dates it.
import { describe, expect, it } from 'vitest';
import {
  dateUnreleased,
  findLastRelease,
  findUnexplained,
  writeUnreleased,
} from '../../../scripts/contract/changelog.ts';

const NONE = { breaking: [], deprecated: [], changed: [], added: [] };
const GONE = 'Call.note was removed.';
const HEAD = '# Changelog\n\nWords.\n\n';
const RELEASES =
  '## 0.2.0 (2026-11-25)\n\n### Added\n\n- `Call.note`\n\n## 0.1.0 (2026-10-01)\n\nThe first.\n';
const EMPTY = `${HEAD}## Unreleased\n\nNo changes.\n\n${RELEASES}`;

describe('the unreleased section', () => {
  it('has a heading for each kind that there is, and leaves the rest of the file alone', () => {
    const changes = { breaking: [GONE], deprecated: ['d'], changed: [], added: ['a', 'b'] };
    expect(writeUnreleased(EMPTY, changes)).toBe(
      `${HEAD}## Unreleased\n\n### Breaking\n\n- ${GONE} Why:\n\n### Deprecated\n\n- d\n\n### Added\n\n- a\n- b\n\n${RELEASES}`,
    );
  });

  it('says so when there is nothing', () => {
    expect(writeUnreleased(EMPTY, NONE)).toBe(EMPTY);
  });

  it('keeps a reason with its change, and drops it with its change', () => {
    const changes = { ...NONE, breaking: [GONE, 'Lead was removed.'] };
    const explained = writeUnreleased(EMPTY, changes).replace(
      `${GONE} Why:`,
      `${GONE} Why: it showed what a caller had not agreed to`,
    );
    expect(writeUnreleased(explained, changes)).toBe(explained);
    expect(findUnexplained(explained, changes.breaking)).toEqual(['Lead was removed.']);
    expect(writeUnreleased(writeUnreleased(explained, NONE), changes)).not.toContain('agreed');
  });

  it('takes a reason from nowhere else', () => {
    const changelog = EMPTY.replace('The first.', `- ${GONE} Why: it was time`);
    expect(findUnexplained(changelog, [GONE])).toEqual([GONE]);
    expect(
      findUnexplained(writeUnreleased(changelog, { ...NONE, breaking: [GONE] }), [GONE]),
    ).toEqual([GONE]);
  });

  it('is missed where it is not the first', () => {
    expect(() => writeUnreleased(`${HEAD}${RELEASES}`, NONE)).toThrow(
      'the first section must be "## Unreleased"',
    );
  });
});

describe('a release', () => {
  it('dates the section, and an empty one stands above it', () => {
    const before = writeUnreleased(EMPTY, { ...NONE, added: ['a'] });
    expect(dateUnreleased(before, { version: '0.3.0', day: '2027-01-15' })).toBe(
      `${HEAD}## Unreleased\n\nNo changes.\n\n## 0.3.0 (2027-01-15)\n\n### Added\n\n- a\n\n${RELEASES}`,
    );
  });

  it('is found as the newest', () => {
    expect(findLastRelease(EMPTY)).toEqual({ version: '0.2.0', day: '2026-11-25' });
    expect(() => findLastRelease(`${HEAD}## Unreleased\n`)).toThrow('no release');
  });
});
