// Bundles the command-line tool and the library (for import and for require) into dist/, with types and notices.
// Start-up is a feature: what is loaded later is a file of its own, and each file has all that it needs, so that a command
// reads two or three of them. That some code is in several of them costs nothing but disk.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
/** The library is also for who calls `require`, as tests under jest do; the command line is not. */
const forms = {
  esm: {
    format: 'esm',
    ending: '.js',
    // CommonJS dependencies ask for node's own modules through require, and for nothing else: all is bundled.
    banner: { js: 'const require=process.getBuiltinModule;' },
  },
  // Jest's own loader knows no import(): what is loaded later is required.
  cjs: {
    format: 'cjs',
    ending: '.cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'importMetaUrl' },
    plugins: [asksNobody()],
    banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  },
};
/** How declarations name each other. */
const IMPORTED = /['"](\.[^'"]*)\.ts['"]/g;
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
const inputs = await bundle({ cli: 'src/cli/main.ts', index: 'src/index.ts' }, forms.esm);
await bundle({ index: 'src/index.ts' }, forms.cjs);
writeTypes();
writeNotices(inputs);

/** Bundles entries, and what they load later; gives the files that are in it. */
async function bundle(entries, form) {
  const all = { ...entries };
  for (;;) {
    const known = Object.keys(all).length;
    const { metafile } = await buildOnce(all, form);
    if (Object.keys(all).length === known) return metafile.inputs;
  }
}

async function buildOnce(entries, { ending, plugins = [], ...form }) {
  return build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: 'dist',
    outExtension: { '.js': ending },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minify: true,
    // Its build for node is CommonJS, of which nothing can be left out.
    alias: { yaml: path.join(root, 'node_modules/yaml/browser/index.js') },
    plugins: [loadedLater(entries, ending), lazyChildProcess(), plainProcess(), onlyHttp1(), ...plugins],
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    ...form,
    define: { WXNOTIFY_VERSION: JSON.stringify(version), ...form.define },
  });
}

/** What is imported when it is needed becomes a file of its own. */
function loadedLater(entries, ending) {
  return {
    name: 'loaded-later',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path: wanted, kind, resolveDir, importer, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'inside') return undefined;
        const found = await resolve(wanted, { kind, resolveDir, importer, pluginData: 'inside' });
        if (found.external || found.namespace !== 'file') return undefined;
        const folders = path.relative(root, found.path).split(path.sep);
        const isPackage = folders[0] === 'node_modules';
        const name = isPackage ? wanted : path.basename(found.path, '.ts').replace('index', folders.at(-2));
        if ((entries[name] ?? found.path) !== found.path)
          throw new Error(`two files want to be dist/${name}.js`);
        entries[name] = found.path;
        return { path: `./${name}${ending}`, external: true };
      });
    },
  };
}

/** A library has nobody to ask: inquirer stays out of it. */
function asksNobody() {
  return {
    name: 'asks-nobody',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]cli[\\/]prompt\.ts$/ }, () => ({
        contents: 'export const askYesNo = undefined;',
      }));
    },
  };
}

/** commander loads node:child_process for subcommands that are programs, of which there are none here. */
function lazyChildProcess() {
  return {
    name: 'lazy-child-process',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
        importer.includes('commander') ? { path: 'child_process', namespace: 'lazy' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
        contents: "exports.spawn = (...args) => require('node:child_process').spawn(...args);",
      }));
    },
  };
}

/** The global is the same object; the module's namespace reads every getter of it, some of which load more. */
function plainProcess() {
  return {
    name: 'plain-process',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?process$/ }, () => ({ path: 'process', namespace: 'global' }));
      onLoad({ filter: /.*/, namespace: 'global' }, () => ({
        contents: 'module.exports = globalThis.process;',
      }));
    },
  };
}

/**
 * Of undici what sends HTTP/1.1: its index also loads fetch, caches, mocks and HTTP/2, each with modules of Node's own,
 * which take longer to load, and more memory, than sending does.
 */
function onlyHttp1() {
  const contents = `
    require('undici/lib/dispatcher/dispatcher').prototype.request = require('undici/lib/api/api-request');
    exports.Agent = require('undici/lib/dispatcher/agent');
    exports.Client = require('undici/lib/dispatcher/client');
    exports.buildConnector = require('undici/lib/core/connect');
    exports.util = require('undici/lib/core/util');`;
  const left = 'module.exports = () => { throw new Error("left out of the bundle"); };';
  return {
    name: 'only-http-1',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'http-1' }));
      onLoad({ filter: /.*/, namespace: 'http-1' }, () => ({ contents, resolveDir: root }));
      onLoad({ filter: /undici.lib.(dispatcher.client-h2|web.fetch.body)\.js$/ }, () => ({ contents: left }));
    },
  };
}

function writeTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--stripInternal'];
  const entry = ['--outDir', 'dist/types', '--rootDir', 'src'];
  const config = {
    extends: '../tsconfig.json',
    include: [],
    files: ['../src/index.ts', '../src/version.d.ts'],
  };
  const project = path.join(dist, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(config));
  execFileSync(process.execPath, [tsc, '-p', project, ...flags, ...entry], { cwd: root, stdio: 'inherit' });
  rmSync(project);
  finishTypes(path.join(dist, 'types'));
}

/** The same types for who calls `require`: TypeScript takes the kind of a module from the ending of its declaration. */
function finishTypes(folder) {
  const wanted = reachable(path.join(folder, 'index.d.ts'));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (!name.endsWith('.ts')) continue;
    if (!wanted.has(file)) {
      rmSync(file); // what only our own code refers to
      continue;
    }
    const text = readFileSync(file, 'utf8').replace(IMPORTED, (_, name) => `'${name}.cts'`);
    writeFileSync(file.replace(/\.ts$/, '.cts'), text);
  }
}

function reachable(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
    reachable(path.join(path.dirname(file), `${name}.d.ts`), seen);
  }
  return seen;
}

/** The licences of what is inside the bundle, as those licences ask. */
function writeNotices(inputs) {
  const names = new Set();
  for (const file of Object.keys(inputs)) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (match) names.add(match[1]);
  }
  const notices = [...names].sort().map(notice);
  writeFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), notices.join('\n\n'));
}

function notice(name) {
  const folder = path.join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  for (const file of ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'License']) {
    try {
      return `${title}\n${'='.repeat(title.length)}\n${readFileSync(path.join(folder, file), 'utf8').trim()}`;
    } catch {
      continue;
    }
  }
  return `${title}\n${'='.repeat(title.length)}\nLicence: ${manifest.license}; the package carries no licence text.`;
}
