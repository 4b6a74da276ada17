/**
 * Makes a checkout ready to run: dependencies installed, sources compiled. Plain JavaScript without dependencies, for it
 * runs before either is there. Shared by cli/bootstrap.mjs and test/run.mjs.
 */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Lowest Node version that naru supports, as in package.json's `engines`. */
export const lowestNode = [20, 19]

/** What to say where the running Node is too old; undefined where it is not. */
export function nodeComplaint(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [needMajor, needMinor] = lowestNode
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return undefined
  return (
    `naru needs Node ${needMajor}.${needMinor} or later; this is ${version}.\n` +
    '  hint  Install a current Node from https://nodejs.org or with your version manager (nvm install --lts).'
  )
}

/** Run from their sources only: nothing has to be compiled anew where one of them changed, and half of all files lie there. */
const neverCompiled = ['bench', 'test']

/** Folders that hold sources of the command, at any depth: those that tsconfig.json includes. */
export function sourceFolders(root) {
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
  const folders = include.filter((pattern) => pattern.includes('/')).map((pattern) => pattern.replace(/\/\*\*.*$/, ''))
  return folders.filter((folder) => !neverCompiled.includes(folder))
}

/** One line a source file: path, size, time of change. Equal text means that there is nothing to compile. */
export function sourceStamp(root) {
  const lines = []
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path))
    lines.push(`${path}\t${size}\t${mtimeMs}`)
  }
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) visit(path)
      else if (entry.name.endsWith('.ts')) add(path)
    }
  }
  add('tsconfig.json')
  for (const entry of readdirSync(root)) if (entry.endsWith('.ts')) add(entry)
  for (const folder of sourceFolders(root)) if (existsSync(join(root, folder))) visit(folder)
  return `${lines.sort().join('\n')}\n`
}

/**
 * nothing: compiled from these very sources. changed: some are new or newer, tsc works incrementally. fresh: there is no
 * build, or a source is gone, whose compiled form must not linger.
 */
export function buildNeeded(stamp, builtStamp) {
  if (builtStamp === undefined) return 'fresh'
  if (stamp === builtStamp) return 'nothing'
  const pathsOf = (text) => text.split('\n').map((line) => line.split('\t')[0])
  const present = new Set(pathsOf(stamp))
  return pathsOf(builtStamp).every((path) => present.has(path)) ? 'changed' : 'fresh'
}

/** True where every package of the lock file is installed in its version. What is optional may be missing. */
export function installMatches(lock, installed) {
  return Object.entries(lock.packages).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || optional || devOptional || peer || installed.packages[path]?.version === version,
  )
}

export function installNeeded(root) {
  const lock = join(root, 'package-lock.json')
  // npm leaves a copy of what it installed; newer than the lock file, it was made from it.
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return true
  if (!existsSync(lock) || statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return false
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
  return !installMatches(read(lock), read(installed))
}

/** Runs a program of the tool chain; all it says goes to standard error, so that standard output stays for results. */
function runTool(root, command, args, failure) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status === 0) return
  console.error(`naru: ${failure}${error ? ` (${error.message})` : ''}`)
  process.exit(1)
}

/** Installs and builds what is missing or stale; says so where there is something to do, and is silent otherwise. */
export function prepare(root) {
  const complaint = nodeComplaint(process.version)
  if (complaint) {
    console.error(complaint)
    process.exit(1)
  }
  // An image or a package may ship only dist/: without sources there is nothing to compare with, nor to build from.
  if (!existsSync(join(root, 'tsconfig.json'))) return
  if (installNeeded(root)) {
    console.error('naru: installing dependencies (npm ci) …')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    runTool(root, npm, ['ci', '--no-audit', '--no-fund'], 'the dependencies could not be installed: see above')
  }
  build(root)
}

const kernelFolders = ['wiki/kernels', 'model/kernels']

/** The kernels of a checkout, as folder/name: each file of assembly/ is one, those of its subfolders are parts of them. */
function kernelsOf(root) {
  return kernelFolders.flatMap((folder) => {
    const sources = join(root, folder, 'assembly')
    const names = existsSync(sources) ? readdirSync(sources).filter((name) => name.endsWith('.ts')) : []
    return names.map((name) => ({ folder, name: name.replace(/\.ts$/, '') }))
  })
}

/** AssemblyScript to WebAssembly: beside the sources, where tsx runs them, and in dist. */
function buildKernels(root) {
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  for (const { folder, name } of kernelsOf(root)) {
    const args = [`${folder}/assembly/${name}.ts`, '--outFile', `${folder}/${name}.wasm`, '--runtime', 'stub']
    const options = ['-O3', '--noAssert', '--enable', 'simd,bulk-memory,sign-extension,mutable-globals']
    runTool(root, process.execPath, [asc, ...args, ...options], `the kernel ${name} does not compile: see above`)
    mkdirSync(join(root, 'dist', folder), { recursive: true })
    copyFileSync(join(root, folder, `${name}.wasm`), join(root, 'dist', folder, `${name}.wasm`))
  }
}

/** The kernels are there, in both places. */
function kernelsBuilt(root) {
  return kernelsOf(root).every(({ folder, name }) =>
    [root, join(root, 'dist')].every((place) => existsSync(join(place, folder, `${name}.wasm`))),
  )
}

function build(root) {
  const stampFile = join(root, 'dist', '.sources')
  const stamp = sourceStamp(root)
  const need = buildNeeded(stamp, existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined)
  if (need === 'nothing' && kernelsBuilt(root)) return
  if (need === 'fresh') rmSync(join(root, 'dist'), { recursive: true, force: true })
  console.error('naru: compiling …')
  buildKernels(root)
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  runTool(root, process.execPath, [tsc, '-p', '.'], 'the sources do not compile: see above')
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeHelp(root)
  writeFileSync(stampFile, stamp)
}

/** Where the screen of `naru --help` lies, which the same build always prints alike. */
export function helpFile(root) {
  return join(root, 'dist', 'help.txt')
}

/** Kept, so that to show it no more of the command has to be loaded than its bootstrap. */
function writeHelp(root) {
  const main = pathToFileURL(join(root, 'dist', 'cli', 'main.js')).href
  const script = `import(${JSON.stringify(main)}).then(({ main }) => main(['--help']))`
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (status === 0 && stdout.length > 0) writeFileSync(helpFile(root), stdout)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare(dirname(import.meta.dirname))
