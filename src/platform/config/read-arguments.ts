// The arguments of the programs that a person starts: --help, and what a program does not know, are answered before
// anything else is done.

/**
 * The arguments behind the program's name. --help or -h prints the usage and ends the process; an option that the program
 * does not know, or a word too many, ends it with the usage and exit code 1.
 * @param usage one line for each way to call the program, after "Use:"
 * @param known.options what may begin with a dash; `--name=value` is judged by its name
 * @param known.words how many other words there may be; any number when left out
 */
export function readArguments(
  usage: string,
  { options = [], words = Number.POSITIVE_INFINITY }: { options?: string[]; words?: number } = {},
): string[] {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const isOption = (one: string) => one.startsWith('-');
  const unknown = given.find((one) => isOption(one) && !options.includes(one.replace(/=.*/s, '')));
  if (unknown) refuseArguments(`There is no option ${unknown}.`, usage);
  const surplus = given.filter((one) => !isOption(one))[words];
  if (surplus) refuseArguments(`Unknown: ${surplus}.`, usage);
  return given;
}

/** Ends the process with exit code 1: what was wrong with its arguments, and how it is called. */
export function refuseArguments(why: string, usage: string): never {
  process.stderr.write(`${why}\n${usage}\n`);
  process.exit(1);
}
