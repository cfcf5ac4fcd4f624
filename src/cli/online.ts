/** What commands that send, or answer, work with: the HTTP client and the merchant load with it. */
import { setFlagsFromString } from 'node:v8';

export { deliverNamed } from './work/deliver.ts';
export { runDemo } from './work/demo.ts';
export { runListen } from './work/listen.ts';
export { replayJournaled } from './work/replay-journaled.ts';

/*
 * The HTTP client parses answers with WebAssembly, whose largest function V8 optimises after the very first answer: 35 MiB,
 * and more time than sending took. A load gets there after some hundred answers instead, and is as fast.
 */
setFlagsFromString('--wasm-tiering-budget=2000000000');
