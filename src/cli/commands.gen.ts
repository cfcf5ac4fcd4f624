// Generated from the files in commands/ by `npm run generate`. Do not edit.
import type { Declare } from './command.ts';
import { declareBuild } from './commands/build.ts';
import { declareConfig } from './commands/config.ts';
import { declareDemo } from './commands/demo.ts';
import { declareHistory } from './commands/history.ts';
import { declareInit } from './commands/init.ts';
import { declareList } from './commands/list.ts';
import { declareListen } from './commands/listen.ts';
import { declareReplay } from './commands/replay.ts';
import { declareSchema } from './commands/schema.ts';
import { declareSend } from './commands/send.ts';
import { declareShow } from './commands/show.ts';
import { declareValidate } from './commands/validate.ts';

/** Every command, in the order of their names. */
export const commands: readonly Declare[] = [
  declareBuild,
  declareConfig,
  declareDemo,
  declareHistory,
  declareInit,
  declareList,
  declareListen,
  declareReplay,
  declareSchema,
  declareSend,
  declareShow,
  declareValidate,
];
