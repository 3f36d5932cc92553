// A process that starts beside others on one folder: makes or reads the master key, and tells which it has.
import { parentPort, workerData } from 'node:worker_threads';
import { readOrMakeMasterKey } from '#platform/secrets/index.ts';

parentPort?.postMessage(readOrMakeMasterKey(workerData.dataDir).toString('base64'));
