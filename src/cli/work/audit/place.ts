/** Where in the user's repository an audit is configured: code scanning wants a place in a file for every finding. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AuditPlace } from '../../../report/audit/report.ts';
import type { Cli } from '../../context.ts';
import { CONFIG_NAME } from '../../settings/config-file.ts';
import type { Settings } from '../../settings/settings.ts';

/** The `audit:` block of the configuration; without one the first line of where it would be. */
export function auditPlace({ cwd }: Pick<Cli, 'cwd'>, { audit, root }: Settings): AuditPlace {
  const found = audit?.yaml.place(audit.path, 'key');
  const file = found ? path.resolve(cwd, found.file) : path.join(root, CONFIG_NAME);
  const below = path.relative(repositoryOf(cwd), file).replaceAll(path.sep, '/');
  const uri = below.startsWith('../') || path.isAbsolute(below) ? CONFIG_NAME : below;
  return { uri: encodeURI(uri), line: found?.line ?? 1 };
}

/** The nearest folder upwards that is under version control; without one, this one. */
function repositoryOf(cwd: string): string {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (path.dirname(folder) === folder) return cwd;
  }
}
