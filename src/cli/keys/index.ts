/** What `wxnotify keys` does. One module, so that the bundle reads one file for it. */
export { makeKeys } from './make.ts';
export { serveKeys } from './serve.ts';
export { showKeys } from './show.ts';
