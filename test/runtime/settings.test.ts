import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { z } from 'zod'
import { loadService } from '../../runtime/load.ts'
import { gatherSettings, resolveSettings, servicesOfPairs } from '../../runtime/settings.ts'
import { serviceIds } from '../../topology.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-settings-'))
after(() => rmSync(folder, { recursive: true }))

const yaml = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const schema = z.strictObject({ minCount: z.int().min(1).default(3), minShare: z.number().default(0.5) })

test('a flag beats the environment, which beats a later file, which beats an earlier one, which beats the default', () => {
  const files = [
    yaml('a.yaml', 'anchor-counter: { minCount: 4, minShare: 0.6 }'),
    yaml('b.yaml', 'anchor-counter: { minCount: 5 }'),
  ]
  const of = (environment: Record<string, string>, flags: Record<string, Record<string, unknown>>) =>
    resolveSettings('anchor-counter', schema, gatherSettings({ files, environment, flags })['anchor-counter'] ?? [])
  assert.deepEqual(of({}, {}), { minCount: 5, minShare: 0.6 })
  assert.deepEqual(of({ NARU_ANCHOR_COUNTER__MINCOUNT: '6' }, {}), { minCount: 6, minShare: 0.6 })
  assert.deepEqual(of({ NARU_ANCHOR_COUNTER__MIN_COUNT: '6' }, {}), { minCount: 6, minShare: 0.6 })
  assert.deepEqual(of({ NARU_ANCHOR_COUNTER__MINCOUNT: '6' }, { 'anchor-counter': { minCount: 7 } }), {
    minCount: 7,
    minShare: 0.6,
  })
})

test('the sections model and training belong to the trainer', () => {
  const gathered = gatherSettings({ files: [yaml('t.yaml', 'training: { epochs: 3 }')], environment: {}, flags: {} })
  assert.deepEqual(gathered, { trainer: [{ training: { epochs: 3 } }] })
})

test('an unknown section, key or value is refused with its name', () => {
  const gather = (text: string) => gatherSettings({ files: [yaml('x.yaml', text)], environment: {}, flags: {} })
  assert.throws(() => gather('anchorcounter: {}'), {
    code: 'CONFIG_SECTION',
    message: 'unknown section anchorcounter; did you mean anchor-counter?',
  })
  assert.throws(() => gather('anchor-counter: {'), { code: 'CONFIG_YAML' })
  assert.throws(() => resolveSettings('anchor-counter', schema, [{ minCont: 3 }]), {
    code: 'CONFIG_INVALID',
    message: 'anchor-counter.minCont: there is no such setting; did you mean anchor-counter.minCount?',
  })
  assert.throws(() => resolveSettings('anchor-counter', schema, [{ colour: 3 }]), {
    message: 'anchor-counter.colour: there is no such setting',
  })
  assert.throws(() => resolveSettings('anchor-counter', schema, [{ minCount: 0 }]), {
    message: /anchor-counter\.minCount/,
  })
})

test('a settings file that is not there is named', () => {
  const missing = join(folder, 'missing.yaml')
  assert.throws(() => gatherSettings({ files: [missing], environment: {}, flags: {} }), {
    code: 'CONFIG_UNREADABLE',
    at: { file: missing },
  })
})

test('keys of the names that objects inherit by are keys like others: refused, and nothing is inherited from them', () => {
  const files = [yaml('proto.yaml', 'anchor-counter: { __proto__: { minCount: 9, polluted: yes } }')]
  const environments = [
    {},
    { NARU_ANCHOR_COUNTER____PROTO____POLLUTED: 'yes' },
    { NARU_ANCHOR_COUNTER__CONSTRUCTOR__PROTOTYPE__POLLUTED: 'yes' },
  ]
  for (const [index, environment] of environments.entries()) {
    const gathered = gatherSettings({ files: index === 0 ? files : [], environment, flags: {} })
    assert.throws(() => resolveSettings('anchor-counter', schema, gathered['anchor-counter'] ?? []), {
      code: 'CONFIG_INVALID',
    })
  }
  assert.equal('polluted' in {}, false)
})

test('one line of a settings file sets the languages of every service that works on a pair', async () => {
  const files = [yaml('pair.yaml', 'languages: [ja, en]')]
  const gathered = gatherSettings({ files, environment: {}, flags: {} })
  const set: string[] = []
  for (const id of serviceIds) {
    const { settings } = await loadService(id)
    const { languages } = resolveSettings(id, settings, gathered[id] ?? []) as { languages?: readonly string[] }
    if (languages === undefined) continue
    assert.deepEqual(languages, ['ja', 'en'], id)
    set.push(id)
  }
  assert.deepEqual(set.sort(), [...servicesOfPairs].sort())
})

test('a key that belongs further down is told with its whole path', async () => {
  const { settings } = await loadService('trainer')
  assert.throws(() => resolveSettings('trainer', settings, [{ batch: 16 }]), {
    message: 'trainer.batch: there is no such setting; did you mean trainer.training.batch_size?',
  })
})

test('a pair is of two languages, by their codes', async () => {
  const { settings } = await loadService('entity-linker')
  const resolved = (languages: readonly string[]) => () => resolveSettings('entity-linker', settings, [{ languages }])
  assert.throws(resolved(['en', 'en']), { code: 'CONFIG_INVALID', message: /languages: both are the same language/ })
  assert.throws(resolved(['Korean', 'en']), { message: /languages\.0: is no language code such as ko/ })
  assert.throws(resolved(['ko']), { code: 'CONFIG_INVALID' })
  assert.doesNotThrow(resolved(['zh-yue', 'en']))
})

test('defaults are replaced by any other source', () => {
  const defaults = { 'anchor-counter': { minCount: 5 } }
  const gather = (flags: Record<string, Record<string, unknown>>) =>
    resolveSettings(
      'anchor-counter',
      schema,
      gatherSettings({ defaults, files: [], environment: {}, flags })['anchor-counter'] ?? [],
    )
  assert.deepEqual(gather({}), resolveSettings('anchor-counter', schema, [{ minCount: 5 }]))
  assert.deepEqual(
    gather({ 'anchor-counter': { minCount: 6 } }),
    resolveSettings('anchor-counter', schema, [{ minCount: 6 }]),
  )
})
