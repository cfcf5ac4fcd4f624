/** What commands that send, or answer, work with: the HTTP client and the merchant load with it. */
import './late-optimiser.ts';

export { deliverNamed } from './work/deliver.ts';
export { runDemo } from './work/demo.ts';
export { runListen } from './work/listen.ts';
export { replayJournaled } from './work/replay-journaled.ts';
