/** The files that a run depends on, watched. */
import { watch } from 'chokidar';
import type { Plan } from '../plan.ts';

export interface FileWatch {
  /** Watches these from now on, and what was watched before. */
  readonly watch: (paths: readonly string[]) => void;
  readonly close: () => Promise<void>;
}

/** Starts watching; `changed` is told the absolute path of what was written, added or removed. */
export function watchFiles(changed: (file: string) => void): FileWatch {
  const watcher = watch([], {
    ignoreInitial: true,
    ignored: (file) => /[\\/](node_modules|\.git)([\\/]|$)/.test(file),
    atomic: true,
  });
  const known = new Set<string>();
  watcher.on('all', (event, file) => {
    if (event === 'add' || event === 'change' || event === 'unlink') changed(file);
  });
  return {
    watch: (paths) => {
      const fresh = paths.filter((one) => !known.has(one));
      for (const one of fresh) known.add(one);
      if (fresh.length > 0) watcher.add(fresh);
    },
    close: async () => watcher.close(),
  };
}

/** Everything whose change matters. */
export function watchedPaths({ scenarios, folders, settingsFiles }: Plan): readonly string[] {
  return [...new Set([...folders, ...settingsFiles, ...scenarios.flatMap(({ sources }) => sources)])];
}
