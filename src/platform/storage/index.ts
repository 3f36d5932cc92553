// Where recordings and other large things lie: the port, and the disk behind it.
export { openDiskStorage } from './disk.ts';
export * from './port.ts';
export { putWhole } from './put-whole.ts';
