import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where `naru engines add` puts what it builds: the user's folder of data and not node_modules, so that `npm ci` and a new version of
 * this package leave it as it is. NARU_ENGINES names another; otherwise as the XDG base directory specification has it.
 */
export function enginesFolder(environment: NodeJS.ProcessEnv): string {
  const { NARU_ENGINES, XDG_DATA_HOME } = environment
  return NARU_ENGINES || join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'naru', 'engines')
}
