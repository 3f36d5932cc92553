// Packs a folder into one .tgz file and back, with the system's tar.
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';

function tar(args: string[], file: string): void {
  const { status, error, stderr } = spawnSync('tar', args, { encoding: 'utf8' });
  if (error) throw new Error(`The program tar is needed and cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(`tar could not work with ${file}: ${stderr.trim()}`);
}

/**
 * Packs the content of a folder; the file appears only when it is complete, readable by its owner alone.
 * @throws when the file exists already or cannot be written.
 */
export function pack(folder: string, file: string): void {
  if (existsSync(file)) throw new Error(`${file} exists already. Name a new file.`);
  const unfinished = `${file}.unfinished`;
  try {
    closeSync(openSync(unfinished, 'w', 0o600));
    chmodSync(unfinished, 0o600);
    tar(['-czf', unfinished, '-C', folder, '.'], file);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Unpacks a file made by {@link pack} into an existing folder; everything in it will belong to this process's user.
 * @throws when the file is missing, cut short or no archive.
 */
export function unpack(file: string, folder: string): void {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  tar(['-xzf', file, '--no-same-owner', '-C', folder], file);
}
