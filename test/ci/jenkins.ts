/** Reads a declarative Jenkinsfile as far as ours goes: its sections, its shell steps, its environment. */

/** A section with those in it: `stage` in `stages` in `pipeline`. */
export interface Section {
  readonly name: string;
  readonly sections: readonly Section[];
}

/** The sections of a Jenkinsfile. Braces that do not match, or stand in no section, are an error. */
export function sectionsOf(jenkinsfile: string): readonly Section[] {
  const words = withoutTexts(jenkinsfile).matchAll(/(?:(\w+)\s*(?:\([^()]*\)\s*)?)?(\{)|(\})/g);
  const open: { name: string; sections: Section[] }[] = [{ name: '', sections: [] }];
  for (const [, name, opening] of words) {
    const parent = open.at(-1);
    if (opening !== undefined && name !== undefined) {
      const section = { name, sections: [] };
      parent?.sections.push(section);
      open.push(section);
    } else if (opening === undefined && open.length > 1) {
      open.pop();
    } else {
      throw new Error(`a brace of no section, in ${parent?.name}`);
    }
  }
  if (open.length !== 1) throw new Error(`not closed: ${open.at(-1)?.name}`);
  return open[0]?.sections ?? [];
}

/** What its `sh` steps give to the shell, in order. */
export function shellSteps(jenkinsfile: string): readonly string[] {
  const steps = jenkinsfile.matchAll(/^\s*sh (?:'''([\s\S]*?)'''|'([^'\n]*)')$/gm);
  return Array.from(steps, ([, long, short = '']) => long ?? short);
}

/** The variables of its `environment`: texts, and names of credentials. */
export function environmentOf(jenkinsfile: string): ReadonlyMap<string, string> {
  const block = /^\s*environment \{\n([\s\S]*?)^\s*\}$/m.exec(jenkinsfile)?.[1] ?? '';
  const lines = block.matchAll(/^\s*(\w+) = (?:credentials\()?['"](.*?)['"]/gm);
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value]));
}

/** Texts may hold any brace, and what stands in a comment is none. */
function withoutTexts(jenkinsfile: string): string {
  return jenkinsfile.replace(/'''[\s\S]*?'''|'[^'\n]*'|"[^"\n]*"|\/\/.*/g, '""');
}
