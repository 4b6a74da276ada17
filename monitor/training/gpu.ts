/** What the graphics cards of this machine are doing, as nvidia-smi tells. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface GpuView {
  readonly name: string
  readonly usedBytes: number
  readonly totalBytes: number
  /** 0 to 1. */
  readonly utilization: number
}

const query = '--query-gpu=name,memory.used,memory.total,utilization.gpu'
const timeoutMs = 2_000
const bytesPerMiB = 1 << 20

/** Empty where there is no card, or no driver. */
export async function gpusHere(): Promise<GpuView[]> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', [query, '--format=csv,noheader,nounits'], {
      timeout: timeoutMs,
    })
    return gpusIn(stdout)
  } catch {
    return []
  }
}

/** @param csv a line a card: name, MiB used, MiB in all, per cent. */
export function gpusIn(csv: string): GpuView[] {
  return csv
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', used, total, share] = line.split(',').map((cell) => cell.trim())
      const bytes = (mebibytes: string | undefined) => Number(mebibytes) * bytesPerMiB
      return { name, usedBytes: bytes(used), totalBytes: bytes(total), utilization: Number(share) / 100 }
    })
}
