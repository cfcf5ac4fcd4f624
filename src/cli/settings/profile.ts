/** `wxnotify.yaml`: found upwards from the working directory, read and checked. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { allKinds } from '../../protocol/all-kinds.ts';
import { explainIssues } from '../../scenario/check/issue.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { parseYaml, type YamlFile } from '../../scenario/yaml/yaml.ts';
import { auditBlock } from './audit/schema.ts';
import type { AuditText } from './audit/audit-settings.ts';
import { findConfig } from './config-file.ts';
import type { ProfileText, V3Text } from './valued.ts';

const text = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

const v3 = v.strictObject({
  key_file: v.optional(text),
  certificate_file: v.optional(text),
  serial: v.optional(v.string()), // as a number it would lose digits
  public_key_id: v.optional(v.string()),
  mode: v.optional(v.picklist(['certificate', 'public-key'])),
});

const profile = v.strictObject({
  target: v.optional(text),
  targets: v.optional(v.record(v.picklist(Object.keys(allKinds)), text)),
  appid: v.optional(text),
  mch_id: v.optional(text),
  api_key: v.optional(text),
  api_key_file: v.optional(text),
  api_v3_key: v.optional(text),
  api_v3_key_file: v.optional(text),
  v3: v.optional(v3),
  sign_type: v.optional(v.picklist(['MD5', 'HMAC-SHA256'])),
  hosts: v.optional(v.array(text)),
  vars: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  cacert: v.optional(text),
  audit: v.optional(auditBlock),
});

const config = v.strictObject({
  profile: v.optional(text),
  profiles: v.optional(v.record(v.string(), profile)),
  audit: v.optional(auditBlock),
});

/** A named set of target and merchant, templates not filled in. */
export type Profile = v.InferOutput<typeof profile>;

export interface ConfigFile {
  readonly file: string;
  readonly folder: string;
  /** The profile that is used when none is asked for. */
  readonly profile: string | undefined;
  readonly profiles: Readonly<Record<string, Profile>>;
  /** How the merchants of all profiles are audited that do not say it themselves. */
  readonly audit: AuditText | undefined;
  readonly yaml: YamlFile;
}

/** A text of a profile; `v3.mode` is inside of `v3`. */
export function profileText(profile: Profile, key: ProfileText): string | undefined {
  if (isV3(key)) return profile.v3?.[key.slice('v3.'.length) as keyof NonNullable<Profile['v3']>];
  return profile[key];
}

function isV3(key: ProfileText): key is V3Text {
  return key.startsWith('v3.');
}

/** Reads the configuration: the named file, or the nearest upwards; none is fine. */
export function readConfig(named: string | undefined, cwd: string): Result<ConfigFile | undefined> {
  const file = named === undefined ? findConfig(cwd) : path.resolve(cwd, named);
  if (file === undefined) return succeed(undefined);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(unreadable(file, error));
  }
  const shown = path.relative(cwd, file) || file;
  const yaml = parseYaml(content, shown.startsWith('..') ? file : shown);
  return yaml.ok ? toConfig({ ...yaml.value, hidden: true }, file) : yaml;
}

function toConfig(yaml: YamlFile, file: string): Result<ConfigFile> {
  const parsed = v.safeParse(config, yaml.value ?? {});
  if (!parsed.success) return fail(...explainIssues(parsed.issues, config, yaml));
  const { profile: chosen, profiles = {}, audit: form } = parsed.output;
  const audit = form && { form, yaml, path: ['audit'] };
  return succeed({
    file,
    folder: path.dirname(file),
    profile: chosen ?? only(profiles),
    profiles,
    audit,
    yaml,
  });
}

/** How the merchant of a profile is audited. */
export function auditOf(config: ConfigFile | undefined, named: string | undefined): AuditText | undefined {
  const form = named === undefined ? undefined : config?.profiles[named]?.audit;
  return config && form
    ? { form, yaml: config.yaml, path: ['profiles', named ?? '', 'audit'] }
    : config?.audit;
}

/** A lone profile, or one called `default`, needs no naming. */
function only(profiles: Readonly<Record<string, Profile>>): string | undefined {
  const names = Object.keys(profiles);
  return names.length === 1 ? names[0] : names.find((name) => name === 'default');
}

function unreadable(file: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'unreadable',
    message: `cannot read the configuration ${file}: ${reason}`,
    fix: 'Check --config.',
  };
}
