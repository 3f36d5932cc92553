// What the scripts of the operator share: their arguments, and --help.

/**
 * The arguments behind the script's name. --help or -h prints the usage and ends the process; any other option that the
 * script does not know ends it with the usage and exit code 1.
 * @param usage one line for each way to call the script, after "Use:"
 * @param options what may begin with a dash
 */
export function readArguments(usage: string, options: readonly string[] = []): string[] {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  const unknown = given.find((one) => one.startsWith('-') && !options.includes(one));
  if (unknown) {
    console.error(`There is no option ${unknown}.\n${usage}`);
    process.exit(1);
  }
  return given;
}
