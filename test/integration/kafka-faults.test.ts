/** What goes wrong with Kafka in particular, on a real broker that the cases share. */
import { limitTests } from './kafka-faults/limits.suite.ts'
import { lookTests } from './kafka-faults/looks.suite.ts'
import { outageTests } from './kafka-faults/outages.suite.ts'
import { transactionTests } from './kafka-faults/transactions.suite.ts'
import { kafkaWorld } from './kafka-faults/world.ts'

const world = kafkaWorld()

transactionTests(world)
limitTests(world)
lookTests(world)
outageTests(world)
