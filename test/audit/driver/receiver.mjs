/** A receiver on a real SDK as something to audit. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { missingCommands } from '../../interop/driver/commands.mjs';
import { install } from '../../interop/driver/install.mjs';
import { start } from '../../interop/driver/receiver-process.mjs';
import { folderOf } from '../../interop/driver/places.mjs';
import { pathOf } from '../../interop/driver/serving.mjs';

/** Where Node, Python, and Java or Go put what they install. */
const INSTALLED = ['node_modules', '.venv', 'target'];
/** The kinds that an audit is about. */
const KINDS = ['v2/payment', 'v2/refund', 'v3/transaction', 'v3/refund'];

/**
 * @param {import('../receivers.mjs').AuditedReceiver} audited
 * @param {{ signal?: AbortSignal }} options
 * @returns {import('./subjects.mjs').Subject}
 */
export function receiverSubject({ receiver, ...known }, { signal }) {
  return {
    ...known,
    args: ['--only', receiver.api],
    missing: () => missingCommands(receiver.needs),
    check: () => undefined,
    async start(_folder, told) {
      if (!isInstalled(receiver)) await install(receiver, { signal });
      const { url, stop } = await start(receiver, told);
      return { audit: { endpoints: endpointsOf(receiver, url) }, stop };
    },
  };
}

/** Whether there is something that was installed after its lock file was last written, as by `npm run test:interop`. */
function isInstalled(receiver) {
  const writtenAt = (name) =>
    statSync(path.join(folderOf(receiver), name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return INSTALLED.some((name) => writtenAt(name) > writtenAt(receiver.lock));
}

/** Each kind has its path. */
function endpointsOf(receiver, url) {
  const served = KINDS.flatMap((kind) => {
    const at = pathOf(receiver, kind);
    return at === undefined ? [] : [[kind, `${url}${at}`]];
  });
  return Object.fromEntries(served);
}
