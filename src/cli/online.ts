/** What commands that send, or answer, work with: the HTTP client and the merchant load with it. */
export { deliverNamed } from './deliver.ts';
export { runDemo } from './demo.ts';
export { runListen } from './listen.ts';
export { replayJournaled } from './replay-journaled.ts';
