// Variables that libraries read by themselves, and by which they would send or print what passes through them, or send it
// by way of somebody else.

const TELLTALE = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
  'LANGCHAIN_VERBOSE',
  'LANGSMITH_GATEWAY',
  'OPENAI_LOG',
  'ANTHROPIC_LOG',
];

/**
 * Takes these variables out of a process's environment: what people said goes to the model that a company agreed to, and
 * nowhere else, whatever a developer's shell has set. Call it before such a library runs.
 * @param env the environment, changed in place
 */
export function quietLibraries(env: Record<string, string | undefined> = process.env): void {
  for (const name of TELLTALE) delete env[name];
}
