import type { Binding } from '../aead.ts';
import type { Fields } from '../dialect.ts';

/** What the event of a message is bound to, as its outer fields state. */
export function eventBinding({ event_nonce = '', event_associated_data = '' }: Fields): Binding {
  return { nonce: event_nonce, associated_data: event_associated_data };
}
