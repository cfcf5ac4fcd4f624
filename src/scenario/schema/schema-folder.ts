/** `_folder.yaml`: what the scenarios of a folder have in common. */
import * as v from 'valibot';
import { notify } from './schema-notify.ts';
import { about, text, variable } from './schema-parts.ts';

const { notify: _kind, tamper: _damage, ...common } = notify;

/** The file. What a scenario says itself comes before what is said here. */
export const folderSchema = v.strictObject({
  defaults: v.pipe(
    v.strictObject({
      tags: about(v.array(v.string()), 'Tags that all of them have as well'),
      vars: about(v.record(variable, text), 'Variables that all of them have'),
      serial: about(v.boolean(), 'Not beside other scenarios, when many run at once'),
      ...common,
    }),
    v.description('What holds for the scenarios in this folder and below it, unless they say otherwise'),
  ),
});

/** Under which key a default is something of each notification. */
export type NotifyDefault = keyof typeof common;
