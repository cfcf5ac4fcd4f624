/** What building asks of a version. `v2.ts` and `v3.ts` each make one, for one kind and one merchant. */
import type { AnyKind, Notification, SignedRequest, Source } from '../../protocol/dialect.ts';
import type { Overrides } from '../../protocol/notification.ts';
import type { ImpossibleDamage } from '../../run/prepare/damage.ts';
import { InputError } from '../input-error.ts';

/** What is built. */
export interface Wanted {
  readonly fields: Overrides;
  readonly source: Source;
  /** Not checked yet; `undefined` for an authentic one. */
  readonly tamper: unknown;
}

/** What was built. */
export interface Built {
  readonly notification: Notification<AnyKind>;
  readonly request: SignedRequest;
}

/** Builds; throws an InputError for what is no tampering, or tampers with nothing. */
export type Builder = (wanted: Wanted) => Built;

/**
 * Damage that does nothing proves nothing.
 *
 * @throws InputError when it is such
 */
export function requireEffect(useless: ImpossibleDamage | undefined): void {
  if (!useless) return;
  const { part, message, fix } = useless;
  const where = part === undefined ? '' : `tamper.${part}: `;
  throw new InputError([{ code: 'bad-value', message: `${where}${message}`, fix }]);
}
