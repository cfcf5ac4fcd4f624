/** What a file in this folder exports: a reporter of suites, loaded when somebody asks for it. */
import type { ChalkInstance } from 'chalk';
import type { SuiteEvent } from '../../run/events.ts';

export interface ReporterOptions {
  /** Colours, or a chalk of level 0: as where the text goes has them. */
  readonly chalk: ChalkInstance;
  /** Failures only. */
  readonly quiet: boolean;
  /** Requests and answers in full. */
  readonly verbose: boolean;
  /** Of wxnotify. */
  readonly version: string;
}

export interface Reporter {
  readonly name: string;
  /** One line, for help. */
  readonly summary: string;
  /** Whether its output is for a program: nothing else may go to the same place. */
  readonly document: boolean;
  /** Makes a function of an event to the text that it adds. Whoever tells everything at the end says nothing before. */
  readonly create: (options: ReporterOptions) => (event: SuiteEvent) => string;
}
