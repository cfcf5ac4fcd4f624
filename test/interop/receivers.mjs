import { receiversV2 } from './receivers-v2.mjs';
import { receiversV3 } from './receivers-v3.mjs';

/**
 * The receivers, and what is known of their SDKs. `npm run test:interop` fails when any of it is not true.
 *
 * @typedef {object} Receiver
 * @property {string} name its folder in `receivers/`
 * @property {{ package: string, version: string }} sdk what is installed; `lock` must say the same
 * @property {string} language
 * @property {string} lock the lock file
 * @property {string[]} needs commands that must be there, or it is skipped
 * @property {{ fetch: string[][], build: string[][] }} install commands, run in its folder; what fetches is tried again
 * @property {string[]} start prints `listening PORT`
 * @property {'v2' | 'v3'} api
 * @property {boolean} [perSignType] API v2: it verifies with one configured algorithm, so there is a process for each
 * @property {Record<string, string> | 'all'} serves kind → path, or every kind of its API at `/NAME`
 * @property {string} note what the SDK leaves to the receiver
 * @property {Known[]} known where the SDK differs from what is sent
 *
 * @typedef {object} Known
 * @property {string[]} [scenarios] where, or
 * @property {string} [kind] in all of its messages; without either, in all messages
 * @property {'certificate' | 'public-key'} [mode] in one mode only
 * @property {'refused' | { missing?: string[], more?: string[] }} [authentic] an authentic message is refused, or read
 *   without some of its fields, or with more; the name of what they are nested in stands for all of them, and `$n` for
 *   the number in a list
 * @property {'accepted'} [tampered] a tampered message is accepted
 * @property {string[]} [twins] which ones, of `tamperings` in driver/twins.mjs or driver/twins-v3.mjs
 * @property {'sometimes'} [occurs] it depends on the bytes; otherwise it occurs each time
 * @property {string} why with the place in the SDK's source
 */

/** @type {Receiver[]} */
export const receivers = [...receiversV2, ...receiversV3];
