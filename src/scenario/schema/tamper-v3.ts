/** `tamper`: what only API v3 knows. */
import * as v from 'valibot';
import { headerNameDamages, serialDamages, timestampDamages } from '../../protocol/v3/damage/headers.ts';
import { resourceDamages } from '../../protocol/v3/damage/resource.ts';
import { signatureDamages } from '../../protocol/v3/damage/signature.ts';
import { about } from './schema-parts.ts';
import { oneOf } from './tamper-parts.ts';

/** What can be done only to a notification of API v3. */
export const v3Tamper = {
  resource: about(oneOf(resourceDamages), 'v3: what happens to the encrypted resource, before signing'),
  sign_again: about(v.boolean(), 'v3: sign what became of the body, as if the platform had sent it so'),
  timestamp: about(oneOf(timestampDamages), 'v3: another moment of signing, or of the header alone'),
  signature: about(oneOf(signatureDamages), 'v3: what happens to the signature'),
  serial: about(oneOf(serialDamages), 'v3: what happens to Wechatpay-Serial'),
  header_names: about(
    oneOf(headerNameDamages),
    'v3: how the names of headers are written, which means nothing',
  ),
};
