/**
 * The three libraries in a row as their READMEs show them: unbzip2-stream decodes, sax reads the XML, wtf_wikipedia
 * makes the text. One thread, no code of naru.
 *
 *   node --import tsx bench/peers/named-libraries.ts DUMP OUT.jsonl
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { argv } from 'node:process'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import sax from 'sax'
import unbzip2 from 'unbzip2-stream'
import wtf from 'wtf_wikipedia'

const [dump, out] = argv.slice(2)
if (dump === undefined || out === undefined) throw new Error('named-libraries.ts DUMP OUT.jsonl')

await pipeline(createReadStream(dump), unbzip2(), articlesAsLines(), createWriteStream(out))

function articlesAsLines(): Transform {
  const parser = sax.parser(true, { trim: false })
  const utf8 = new TextDecoder()
  let rows = ''
  let element = ''
  let fields: Record<string, string> = {}
  let isRedirect = false
  parser.onopentag = ({ name }) => {
    element = name
    if (name === 'page') {
      fields = {}
      isRedirect = false
    }
    if (name === 'redirect') isRedirect = true
  }
  parser.ontext = (text) => {
    if (element === 'title' || element === 'ns' || element === 'text' || element === 'model') {
      fields[element] = (fields[element] ?? '') + text
    }
  }
  parser.onclosetag = (name) => {
    element = ''
    if (name !== 'page' || isRedirect || fields.ns !== '0' || (fields.model ?? 'wikitext') !== 'wikitext') return
    const text = wtf(fields.text ?? '').text()
    rows += `${JSON.stringify({ title: fields.title, text })}\n`
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      parser.write(utf8.decode(chunk, { stream: true }))
      const written = rows
      rows = ''
      done(null, written)
    },
  })
}
