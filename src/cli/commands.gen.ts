// Generated from the files in commands/ by `npm run generate`. Do not edit.
import type { CommandFile } from './command.ts';
import { auditCommand } from './commands/audit.ts';
import { buildCommand } from './commands/build.ts';
import { completeCommand } from './commands/complete.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { explainCommand } from './commands/explain.ts';
import { fieldsCommand } from './commands/fields.ts';
import { historyCommand } from './commands/history.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { keysCommand } from './commands/keys.ts';
import { listCommand } from './commands/list.ts';
import { listenCommand } from './commands/listen.ts';
import { newCommand } from './commands/new.ts';
import { replayCommand } from './commands/replay.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { sendCommand } from './commands/send.ts';
import { showCommand } from './commands/show.ts';
import { validateCommand } from './commands/validate.ts';

/** Every command, in the order of their names. */
export const commands: readonly CommandFile[] = [
  auditCommand,
  buildCommand,
  completeCommand,
  completionCommand,
  configCommand,
  demoCommand,
  explainCommand,
  fieldsCommand,
  historyCommand,
  importCommand,
  initCommand,
  keysCommand,
  listCommand,
  listenCommand,
  newCommand,
  replayCommand,
  runCommand,
  schemaCommand,
  sendCommand,
  showCommand,
  validateCommand,
];
