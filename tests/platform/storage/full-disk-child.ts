// A process of its own that may write no file past a limit, as on a disk that is full: it stores one thing and says how that
// ended.
import { openDiskStorage } from '#platform/storage/index.ts';

const [folder = '', bytes = ''] = process.argv.slice(2);
async function* content() {
  yield Buffer.alloc(Number(bytes), 7);
}
const outcome = await openDiskStorage(folder)
  .put('recordings/a/full.wav', content())
  .then(
    () => 'stored',
    (error: NodeJS.ErrnoException) => error.code,
  );
console.log(outcome);
