/** Whether this process is still a member of its group, as far as the group's coordinator has said so. */
export class Membership {
  private onHeartbeat: () => void = () => undefined
  private onJoin: () => void = () => undefined
  private lastSaidAt = Number.NEGATIVE_INFINITY

  /** The coordinator accepted a heartbeat. `now` in milliseconds, of a clock that never goes back. */
  heartbeat(now: number): void {
    this.lastSaidAt = now
    this.onHeartbeat()
  }

  /** The coordinator has told this member what is its own. */
  joined(now: number): void {
    this.lastSaidAt = now
  }

  /** Whether the coordinator said so within a session: it has not yet given the partitions to others. */
  isRecent(now: number, sessionMs: number): boolean {
    return now - this.lastSaidAt < sessionMs
  }

  /** The group was joined, or left for good: nothing needs to be confirmed any more. */
  settled(): void {
    this.onJoin()
  }

  /**
   * Resolves when membership is certain. It takes two heartbeats: the answer to the first may have been lying in the socket
   * while the process slept through its session.
   */
  confirmed(): Promise<void> {
    return new Promise((resolve) => {
      let left = 2
      this.onHeartbeat = () => {
        left--
        if (left === 0) resolve()
      }
      this.onJoin = resolve
    })
  }
}
