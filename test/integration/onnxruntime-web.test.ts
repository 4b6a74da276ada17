/** An exported encoder in a page: onnxruntime-web's WebAssembly in a real browser, served from the loopback. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, extname, join } from 'node:path'
import { after, test } from 'node:test'
import { chromium } from 'playwright-core'
import { agreementOf } from '../../model/export/parity.ts'
import { parityTexts } from '../../model/export/parity-texts.ts'
import { readTrainedEncoder } from '../../model/export/trained-encoder.ts'
import { loadSparseEncoder } from '../../model/sparse-encoder.ts'
import { exportToy, toyCheckpoint } from '../model/export/toy-export.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
const browserPath = process.env.NARU_CHROMIUM ?? places.find((path) => existsSync(path))
const skip = browserPath === undefined && `${names.join(', ')}: none of them installed`

const folder = mkdtempSync(join(tmpdir(), 'naru-web-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const runtimeFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'))

const page = `<!doctype html><meta charset="utf-8"><script type="module">
import * as ort from '/runtime/ort.wasm.min.mjs'
ort.env.wasm.numThreads = 1
ort.env.wasm.wasmPaths = '/runtime/'
const session = await ort.InferenceSession.create('/export/onnx/model.onnx', { executionProviders: ['wasm'] })
window.encode = async (texts) => {
  const length = Math.max(...texts.map((ids) => ids.length))
  const rows = (fill) => BigInt64Array.from(texts.flatMap((ids) => Array.from({ length }, (_, i) => BigInt(fill(ids, i)))))
  const tensor = (fill) => new ort.Tensor('int64', rows(fill), [texts.length, length])
  const { output } = await session.run({
    input_ids: tensor((ids, i) => ids[i] ?? 0),
    attention_mask: tensor((ids, i) => (i < ids.length ? 1 : 0)),
  })
  const [, terms] = output.dims
  return texts.map((_, row) => Array.from(output.data.subarray(row * terms, (row + 1) * terms)))
}
window.ready = ort.env.versions.web
</script>`

const types: Readonly<Record<string, string>> = { '.mjs': 'text/javascript', '.wasm': 'application/wasm' }

function serve(exported: string) {
  return createServer(({ url = '/' }, response) => {
    const [, root, ...path] = url.split('/')
    if (url === '/') return response.setHeader('content-type', 'text/html').end(page)
    const file = join(root === 'export' ? exported : runtimeFolder, ...path)
    if (path.length === 0 || !existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
    return createReadStream(file).pipe(response)
  })
}

test('onnxruntime-web gives in a page what onnxruntime-node gives', { skip }, async () => {
  const exported = join(folder, 'out')
  const checkpoint = await toyCheckpoint(folder)
  await exportToy(checkpoint, exported, { formats: [] })
  const { tokenizer, config } = await readTrainedEncoder(checkpoint)
  const texts = await parityTexts()
  const server = serve(exported).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: browserPath!, args })
  try {
    const tab = await browser.newPage()
    const faults: string[] = []
    tab.on('pageerror', (error) => faults.push(error.message))
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await tab.waitForFunction('window.ready').catch((cause: unknown) => {
      throw new Error(`the page is not ready: ${faults.join('; ')}`, { cause })
    })
    const dense: number[][] = []
    for (let start = 0; start < texts.length; start += 50) {
      const ids = texts.slice(start, start + 50).map((text) => tokenizer.encode(text, config.maxLength))
      dense.push(...(await tab.evaluate<number[][]>(`window.encode(${JSON.stringify(ids)})`)))
    }
    const vectors = dense.map((row) => {
      const terms = Uint32Array.from(row.flatMap((weight, id) => (weight === 0 ? [] : [id])))
      return { terms, weights: Float32Array.from(terms, (id) => row[id]!) }
    })
    const encoder = await loadSparseEncoder(exported)
    const { maxDifference, sameTopTerms } = agreementOf(await encoder.encode(texts), vectors)
    await encoder.close()
    assert.ok(maxDifference <= 1e-5, `${maxDifference}`)
    assert.equal(sameTopTerms, texts.length)
  } finally {
    await browser.close()
    server.close()
  }
})
