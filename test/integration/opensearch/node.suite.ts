/** The node of `naru opensearch up`: the last tests of the file, for the node does not outlive them. */
import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { naru } from '../../cli/command-line.ts'
import type { OpenSearchWorld } from './world.ts'

export function nodeTests(world: () => OpenSearchWorld, skip: string | false): void {
  test('up leaves a node that runs as it is and says its address; down stops it, and then it is not there', {
    skip,
  }, async () => {
    const { root, url, nodeFolder } = world()
    const out = join(root, 'node')
    mkdirSync(join(out, 'state'), { recursive: true })
    symlinkSync(nodeFolder, join(out, 'state', 'opensearch'))
    const up = await naru(['opensearch', 'up', '--out', out])
    assert.deepEqual([up.code, up.stdout], [0, `${url}\n`], up.stderr)
    assert.match(up.stderr, /runs already/)

    const upJson = await naru(['opensearch', 'up', '--out', out, '--json'])
    assert.deepEqual(JSON.parse(upJson.stdout), { url, started: false })

    const down = await naru(['opensearch', 'down', '--out', out, '--json'])
    assert.equal(down.code, 0, down.stderr)
    assert.deepEqual(JSON.parse(down.stdout), { stopped: url })
    const gone = await naru(['opensearch', 'status', '--url', url])
    assert.equal(gone.code, 1)
    assert.match(gone.stderr, /OPENSEARCH_UNREACHABLE.*naru opensearch up starts one/s)
    const again = await naru(['opensearch', 'down', '--out', out])
    assert.match(again.stderr, /no node runs here/)
  })
}
