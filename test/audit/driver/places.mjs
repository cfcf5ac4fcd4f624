/** Where things are. */
import path from 'node:path';

export const auditFolder = path.resolve(import.meta.dirname, '..');
export const packageFolder = path.resolve(auditFolder, '../..');
export const merchantFolder = path.join(auditFolder, 'merchant');
