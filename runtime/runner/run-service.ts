import { minInsyncReplicas, type ServiceId, serviceIds, topicNames, topics } from '../../topology.ts'
import { loadService } from '../load.ts'
import type { Service } from '../service.ts'
import { type Consumer, sourcesTopic, type TopicPlan, type Transport } from '../transport.ts'
import { runUpdate } from '../update/update-runner.ts'
import { deadTopicPlans, type RunContext } from './context.ts'
import { runSource } from './source-runner.ts'
import { runStream } from './stream-runner.ts'
import { runTransform } from './transform-runner.ts'

/** Starts one service on a transport. It runs until it is stopped, also after its input is complete. */
export async function runService(id: ServiceId, context: RunContext): Promise<Consumer> {
  return start(await loadService(id), context)
}

function start(service: Service, context: RunContext): Promise<Consumer> {
  // An update of a transform that does not go by key is its run on the events that the update brings.
  const isUpdate = (context.around.update ?? 0) > 0
  if (isUpdate && (service.kind === 'stream' || (service.kind === 'transform' && service.byKey))) {
    return runUpdate(service, context)
  }
  switch (service.kind) {
    case 'source':
      return runSource(service, context)
    case 'transform':
      return runTransform(service, context)
    case 'stream':
      return runStream(service, context)
  }
}

/** Makes the topics of `topicPlans` that are missing, and checks the others. */
export async function createTopics(transport: Transport): Promise<void> {
  await transport.createTopics(topicPlans())
}

/** Every topic of the topology, the dead-letter topics and the one on which sources keep their position. */
export function topicPlans(): TopicPlan[] {
  return [
    { topic: sourcesTopic, partitions: 1, cleanup: 'compact', retentionHours: 4 * 7 * 24, minInsyncReplicas },
    ...topicNames.map((topic) => {
      const { partitions, cleanup, retentionHours, minInsyncReplicas } = topics[topic]
      return { topic, partitions, cleanup, retentionHours, minInsyncReplicas }
    }),
    ...deadTopicPlans(serviceIds),
  ]
}
