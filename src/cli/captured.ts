/** What the commands that read captures work with. */
export { runExplain } from './work/explain.ts';
export { runImport } from './work/import.ts';
