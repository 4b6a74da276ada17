import assert from 'node:assert/strict'
import { basename, isAbsolute } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { configFiles, inputLocations, pickInputFlags, serviceSettings } from '../../cli/flags.ts'
import { ConfigError } from '../../runtime/errors.ts'

test('without dumps the bundled sample is read with the small profile', () => {
  assert.match(inputLocations({}).ko, /sample.kowiki$|sample.20260901.kowiki$/)
  assert.deepEqual(
    configFiles({}).map((file) => basename(file)),
    ['sample_config.yaml'],
  )
})

test('with dumps of one’s own the profile is that of whole Wikipedias, and --config replaces either', () => {
  const own = { ko: 'https://example.org/kowiki/', en: 'https://example.org/enwiki/' }
  assert.deepEqual(
    configFiles(own).map((file) => basename(file)),
    ['training_config.yaml'],
  )
  assert.deepEqual(configFiles({ ...own, config: ['/etc/mine.yaml'] }), ['/etc/mine.yaml'])
})

test('paths become absolute, so that --resume from another folder means the same; URLs stay', () => {
  const { ko, en, config } = pickInputFlags({ ko: 'dumps/ko', en: 'https://example.org/enwiki/', config: ['a.yaml'] })
  assert.ok(ko && isAbsolute(ko))
  assert.equal(en, 'https://example.org/enwiki/')
  assert.ok(config?.every(isAbsolute))
})

test('a dump that does not exist is refused before any work', () => {
  assert.throws(
    () => inputLocations({ ko: '/no/such/ko', en: '/no/such/en' }),
    (error) => {
      assert.ok(error instanceof ConfigError)
      assert.equal(error.at.file, '/no/such/ko')
      return true
    },
  )
})

test('several existing lists are read, and one that does not exist is refused before any work', () => {
  const files = [import.meta.filename, fileURLToPath(new URL('./arguments.test.ts', import.meta.url))]
  assert.deepEqual(serviceSettings({ existing: files })['list-reader'], { files })
  assert.deepEqual(serviceSettings({})['list-reader'], {})
  assert.throws(
    () => serviceSettings({ existing: [...files, '/no/such/list.tsv'] }),
    (error) => error instanceof ConfigError && error.code === 'INPUT_MISSING' && error.at.file === '/no/such/list.tsv',
  )
  assert.ok(pickInputFlags({ existing: ['a.tsv', 'b.tsv'] }).existing?.every(isAbsolute))
})

test('flags that were not given set nothing, so that files and environment count', () => {
  const settings = serviceSettings({})
  assert.deepEqual(settings['dump-downloader'], {})
  assert.deepEqual(settings['dump-planner'], {})
  assert.deepEqual(settings.trainer, { training: {} })
  assert.deepEqual(serviceSettings({ limit: 50, seed: 7 })['dump-planner'], { limit: 50 })
  assert.deepEqual(serviceSettings({ limit: 50, seed: 7 })['synonym-splitter'], { seed: 7 })
})
