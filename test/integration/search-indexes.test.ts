import { searchIndexSuite } from './search-indexes.suite.ts'

searchIndexSuite('an index in a folder', { skip: false, place: () => 'embedded', exactLength: 400 })
