// Finishes an install, by whatever Node there is, so it is no TypeScript: links the Node of the packages to node_modules/.bin,
// which npm 10, the one that Node 20 brings along, leaves without it (its link goes with those of the platforms that are not
// this one), and has that Node generate the Prisma client.
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '..', 'node_modules');
const link = join(modules, '.bin', 'node');
const { platform, arch, execPath } = process;
const found = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`].find((name) =>
  existsSync(join(modules, name, 'bin', 'node')),
);
if (found && !existsSync(link)) symlinkSync(join('..', found, 'bin', 'node'), link);

const node = found ? join(modules, found, 'bin', 'node') : execPath;
const script = join(import.meta.dirname, 'generate-prisma-client.ts');
const { status } = spawnSync(node, [script], { stdio: 'inherit' });
process.exitCode = status ?? 1;
