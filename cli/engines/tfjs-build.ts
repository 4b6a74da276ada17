/**
 * The native binding of TensorFlow.js, built from its source against the libraries that TensorFlow publishes on PyPI. The package's
 * own installer fetches TensorFlow 2.9.1 with CUDA 11.2 from a bucket; these are newer, and any mirror of PyPI has them.
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TfjsDevice, tfjsFolder, tfjsPackages } from '../../model/graph/tfjs-loader.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { firstTool, runTool, type Tool } from './tools.ts'

const tfjsVersion = '4.22.0'
export const tensorflowVersion = '2.15.1'
/** Headers of Node-API, so that no headers of Node itself are fetched. */
const nodeHeaders = { 'node-api-headers': '1.9.0' }
/** The version of Node-API for which tfjs-node looks for its binding. */
const nodeApi = 8

/** Wheels by device, without what Python alone needs. Those of CUDA are what `tensorflow[and-cuda]` of this version asks for. */
const wheels: Readonly<Record<TfjsDevice, readonly string[]>> = {
  cpu: [`tensorflow-cpu==${tensorflowVersion}`],
  cuda: [
    `tensorflow==${tensorflowVersion}`,
    'nvidia-cublas-cu12==12.2.5.6',
    'nvidia-cuda-cupti-cu12==12.2.142',
    'nvidia-cuda-nvrtc-cu12==12.2.140',
    'nvidia-cuda-runtime-cu12==12.2.140',
    'nvidia-cudnn-cu12==8.9.4.25',
    'nvidia-cufft-cu12==11.0.8.103',
    'nvidia-curand-cu12==10.3.3.141',
    'nvidia-cusolver-cu12==11.5.2.141',
    'nvidia-cusparse-cu12==12.1.2.141',
    'nvidia-nccl-cu12==2.16.5',
    'nvidia-nvjitlink-cu12==12.2.140',
  ],
}

/** For the user; measured on the wheels above. */
const downloads: Readonly<Record<TfjsDevice, string>> = { cpu: '210 MB', cuda: '2 GB' }

/** Wheels of any Python will do: none of it is imported. */
const wheelTags = [
  ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
  ...['manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux1_x86_64'].flatMap((tag) => ['--platform', tag]),
]

/** Out of the wheels in the first folder, headers and libraries alone. */
const unpack = `
import glob, re, sys, zipfile
wanted = re.compile(r'tensorflow/(include/|libtensorflow_[^/]+$)|nvidia/[^/]+/lib/')
for file in glob.glob(sys.argv[1] + '/*.whl'):
    with zipfile.ZipFile(file) as wheel:
        wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if wanted.match(name)])
`

export interface TfjsBuild {
  readonly device: TfjsDevice
  /** Folder of all engines. */
  readonly engines: string
  /** Which Python's pip fetches the wheels. */
  readonly python: string
  /** Hears what is done next. */
  readonly say: (step: string) => void
}

/**
 * Builds into a folder of its own and gives its path; an earlier build there is replaced once the new one is complete. Throws
 * ConfigError for a machine that it cannot be built on or that lacks a tool, FatalError ENGINE_NOT_ADDED when a step fails.
 */
export async function buildTfjs({ device, engines, python, say }: TfjsBuild): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ConfigError(
      'PROVIDER_MISSING',
      `no TensorFlow to build against for ${process.platform}/${process.arch}`,
      {
        hint: `npm install ${tfjsPackages.cpu}@${tfjsVersion} in your project: its own build is used where it loads`,
      },
    )
  }
  const tools = findTools(python)
  const folder = tfjsFolder(engines, device)
  const draft = `${folder}.partial`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  say(`1/4 npm: ${tfjsPackages[device]} ${tfjsVersion}`)
  await fetchPackage(draft, device, tools.npm)
  say(`2/4 pip: TensorFlow ${tensorflowVersion} for ${device} (${downloads[device]})`)
  const libraries = await fetchLibraries(draft, device, tools.python)
  say('3/4 compiling the binding')
  await compile(draft, device, libraries, tools.compiler)
  say('4/4 putting it in its place')
  await rm(join(libraries, 'tensorflow', 'include'), { recursive: true })
  await rm(folder, { recursive: true, force: true })
  await rename(draft, folder)
  return folder
}

interface Tools {
  readonly npm: Tool
  readonly python: Tool
  readonly compiler: Tool
}

/** All of them, before anything is fetched. */
function findTools(python: string): Tools {
  const pip = { needs: 'a Python with pip', hint: 'apt-get install python3-pip, or name one by --python' }
  const compiler = { needs: 'a C++ compiler', hint: 'apt-get install g++' }
  return {
    python: firstTool([{ command: [python], ...pip }], ['-m', 'pip', '--version']),
    compiler: firstTool(
      [process.env.CXX ?? 'c++', 'g++', 'clang++'].map((program) => ({ command: [program], ...compiler })),
      ['--version'],
    ),
    npm: firstTool([{ command: ['npm'], needs: 'npm', hint: 'it comes with Node' }], ['--version']),
  }
}

async function fetchPackage(draft: string, device: TfjsDevice, npm: Tool): Promise<void> {
  const dependencies = { [tfjsPackages[device]]: tfjsVersion, ...nodeHeaders }
  await writeFile(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2))
  // Without scripts: the package's own would fetch another TensorFlow.
  await runTool(npm, ['install', '--prefix', draft, '--ignore-scripts', '--no-audit', '--no-fund'], {
    folder: draft,
    doing: `fetching ${tfjsPackages[device]}`,
    hint: 'it comes from the registry that npm is configured with: npm config get registry',
  })
}

/** The folder with `tensorflow` in it and, for CUDA, `nvidia` beside it, where TensorFlow looks for CUDA's libraries. */
async function fetchLibraries(draft: string, device: TfjsDevice, python: Tool): Promise<string> {
  const [packed, libraries] = [join(draft, 'wheels'), join(draft, 'libraries')]
  const flags = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--progress-bar', 'off']
  await runTool(python, ['-m', 'pip', 'download', ...flags, ...wheelTags, '--dest', packed, ...wheels[device]], {
    folder: draft,
    doing: `fetching TensorFlow ${tensorflowVersion}`,
    hint: 'it comes from the index that pip is configured with (PIP_INDEX_URL, HTTPS_PROXY); try again when it can be reached',
  })
  await runTool(python, ['-c', unpack, packed, libraries], {
    folder: draft,
    doing: 'unpacking TensorFlow',
    hint: `${device === 'cpu' ? '1' : '6'} GB of disk are needed on the way`,
  })
  await rm(packed, { recursive: true })
  return libraries
}

/** Two files of C++, linked to libraries that are found from the place of the binding: the folder may be moved. */
async function compile(draft: string, device: TfjsDevice, libraries: string, compiler: Tool): Promise<void> {
  const modules = join(draft, 'node_modules')
  const source = join(modules, tfjsPackages[device], 'binding')
  const target = join(modules, tfjsPackages[device], 'lib', `napi-v${nodeApi}`, 'tfjs_binding.node')
  await mkdir(dirname(target), { recursive: true })
  const tensorflow = join(libraries, 'tensorflow')
  const shared = (await readdir(tensorflow)).filter((name) => name.startsWith('libtensorflow_'))
  // node_modules/@tensorflow/<package>/lib/napi-v8 → the engine's folder.
  const runPath = '-Wl,-rpath,$ORIGIN/../../../../../libraries/tensorflow'
  const args = [
    ...['-shared', '-fPIC', '-O2', '-std=c++17', `-DNAPI_VERSION=${nodeApi}`],
    ...['-I', join(modules, 'node-api-headers', 'include'), '-I', join(tensorflow, 'include')],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(source, name)),
    ...shared.map((name) => join(tensorflow, name)),
    ...[runPath, '-o', target],
  ]
  await runTool(compiler, args, {
    folder: draft,
    doing: 'compiling the binding',
    hint: 'a compiler of C++17 is needed; CXX names another one',
  })
}
