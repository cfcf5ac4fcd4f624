/** What commands that send nothing work with. One module, so that the bundle reads one file for it. */
export { printable, printableLine } from '../report/printable.ts';
export { problemLines } from '../report/problems.ts';
export { findScenario, listScenarios, readEntry } from '../scenario/library.ts';
export { toldOnce } from '../scenario/check/told-once.ts';
export { dryRunDocument, dryRunText } from '../report/dry-run.ts';
export { libraryOf, loadEntry, loadScenario } from './work/load.ts';
export { prepareNamed, standInNote } from './work/named.ts';
export { rehearse } from './work/rehearse.ts';
export { readSettings } from './settings/settings.ts';
export { findKind, kindFacts, kindList } from './work/kinds.ts';
export { isV3 } from '../protocol/all-kinds.ts';
export { fieldsText } from '../report/fields-text.ts';
