/** A process that copies topic a to b until it is killed. Arguments: store as JSON, milliseconds inside each transaction. */
import { copier } from './members.ts'
import { openTransport } from './stores.ts'

const [store = '', pauseMs = '0'] = process.argv.slice(2)
const transport = await openTransport(JSON.parse(store))
const witness = copier(transport, 'copy', 'a', 'b', Number(pauseMs))
let announced = false
const records = witness.records.bind(witness)
witness.records = async (at, some) => {
  if (!announced) console.log('copying')
  announced = true
  await records(at, some)
}
await witness.consume(transport, 'copy', ['a'])
console.log('joined')
