/** Whether this process is still a member of its group, as far as the group's coordinator has said so. */
export class Membership {
  private onHeartbeat: () => void = () => undefined
  private onJoin: () => void = () => undefined

  /** The coordinator accepted a heartbeat. */
  heartbeat(): void {
    this.onHeartbeat()
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
