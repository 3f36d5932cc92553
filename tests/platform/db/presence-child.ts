// A process of its own that announces its presence until it is killed.
import { pino } from 'pino';
import { openDb, openPresence } from '#platform/db/index.ts';

const log = pino({ level: 'silent' });
const url = process.argv[2] ?? '';
const db = await openDb({ url, applicationName: 'presence child', poolSize: 1, log });
const { id } = await openPresence({ db, log, silenceMs: Number(process.argv[3]) });
process.stdout.write(String(id));
