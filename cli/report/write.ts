import { openFolderStore } from '../../runtime/files.ts'
import { gatherFacts, type ReportInputs } from './facts.ts'
import { renderPage } from './page.ts'

/** Gathers what a run has left and writes report.html. */
export async function writeReport(inputs: ReportInputs): Promise<void> {
  const { data, models, report } = inputs.workspace
  await openFolderStore({ data, models }).write(report, renderPage(await gatherFacts(inputs)))
}
