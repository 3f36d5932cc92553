// Copies a folder that others are writing to: what vanishes between the look and the copy is left out.
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies files and folders with their modes; links are followed.
 * @param choose what to do with an entry; `top` = directly in `from`. A folder of which only itself is wanted: 'bare'
 */
export function copyTree(
  from: string,
  to: string,
  choose: (name: string, top: boolean) => 'copy' | 'bare' | 'leave',
): void {
  copyFolder(from, to, choose, true);
}

function copyFolder(
  from: string,
  to: string,
  choose: Parameters<typeof copyTree>[2],
  top: boolean,
): void {
  mkdirSync(to, { recursive: true, mode: statSync(from).mode });
  for (const name of readdirSync(from)) {
    const choice = choose(name, top);
    if (choice === 'leave') continue;
    const source = join(from, name);
    try {
      const found = statSync(source);
      if (found.isFile()) copyFileSync(source, join(to, name));
      else if (!found.isDirectory()) continue;
      else if (choice === 'bare') mkdirSync(join(to, name), { mode: found.mode });
      else copyFolder(source, join(to, name), choose, false);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
