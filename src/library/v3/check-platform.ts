/** Whether a platform key is given as texts. */
import * as v from 'valibot';
import { KEY_MODES } from '../../platform/keys.ts';
import type { PlatformKeyOptions } from './platform.ts';

const text = v.optional(v.string('text'));
const own = v.strictObject({
  private_key: v.string('text, PEM'),
  certificate: text,
  serial: text,
  public_key_id: text,
  mode: v.optional(v.picklist(KEY_MODES)),
} satisfies Record<keyof PlatformKeyOptions, v.GenericSchema>);
const named = v.picklist(['demo']);

/** A name, or texts. */
export const platformSchema = v.lazy((input) => (typeof input === 'string' ? named : own));
