/** A command a phase; some do more than their phase, by options and subcommands of their own. */
import type { Command } from 'commander'
import type { ConductFlags } from './conduct.ts'
import { asksByName, type DownloadFlags, withDownloads } from './download-flags.ts'
import { asksToJudge, type EvaluateFlags, firstModel, withEvaluation } from './evaluate-flags.ts'
import { type ExportFlags, withExport } from './export-flags.ts'
import { asksForFiles, type ExtractFlags, withExtraction } from './extract-flags.ts'
import { examples } from './help.ts'
import { withInputs, withTransport } from './options.ts'
import { type PhaseName, phaseNames, phases } from './phases.ts'
import { withSynonymCommands } from './synonyms-commands.ts'

export function withPhaseCommands(naru: Command): void {
  naru.commandsGroup('Phase by phase, each with what it still needs before it:')
  for (const name of phaseNames) {
    const command = withTransport(withInputs(naru.command(name)))
      .description(phases[name].description)
      .addHelpText(
        'after',
        examples(
          `naru ${name}`,
          `naru ${name} --ko kowiki/ --en enwiki/ --out /data/run`,
          ...(moreExamples[name] ?? []),
        ),
      )
      .action(async (flags: ConductFlags) => carryOut(name, flags))
    beyondThePhase[name]?.(command)
  }
}

async function carryOut(name: PhaseName, flags: ConductFlags): Promise<void> {
  await (await import('./commands/phase.ts')).phase(name, flags)
}

const beyondThePhase: Partial<Readonly<Record<PhaseName, (command: Command) => void>>> = {
  download: (command) => {
    withDownloads(command).action(async (flags: ConductFlags & DownloadFlags) => {
      if (asksByName(flags)) await (await import('./commands/download.ts')).download(flags)
      else await carryOut('download', flags)
    })
  },
  extract: (command) => {
    withExtraction(command).action(async (files: readonly string[], flags: ConductFlags & ExtractFlags) => {
      if (asksForFiles(files, flags)) await (await import('./commands/extract.ts')).extract(files, flags)
      else await carryOut('extract', flags)
    })
  },
  synonyms: withSynonymCommands,
  export: (command) => {
    withExport(command).action(async (checkpoint: string | undefined, flags: ExportFlags) => {
      await (await import('./commands/export.ts')).exportModels(checkpoint, flags)
    })
  },
  evaluate: (command) => {
    withEvaluation(command).action(async (flags: Omit<ConductFlags, 'model'> & EvaluateFlags) => {
      if (asksToJudge(flags)) await (await import('./commands/evaluate.ts')).evaluate(flags)
      else await carryOut('evaluate', firstModel(flags))
    })
  },
}

const moreExamples: Partial<Readonly<Record<PhaseName, readonly string[]>>> = {
  download: ['naru download --wiki kowiki --wiki enwiki --date latest --out /data/dumps'],
  export: [
    'naru export models/checkpoints/naru/RUN/step-00001200 --precision fp16 int8',
    'naru export verify models/exports/naru',
  ],
  synonyms: ['naru synonyms explain "인공지능"'],
  evaluate: [
    'naru evaluate --model ./opensearch-neural-sparse-encoding-multilingual-v1',
    'naru evaluate --model seed-1/ seed-2/ seed-3/ --sentences tatoeba.kor tatoeba.eng --json',
    'naru evaluate --precision fp32 int8         what the rounded form of the export loses',
    'naru evaluate --trec trec/                  every task, query, document and ranking as TREC files',
    'naru evaluate --run ours.run theirs.run --qrels judged.qrels',
  ],
  extract: [
    'naru extract kowiki-20260901-pages-articles-multistream.xml.bz2 --out kowiki.jsonl.zst',
    "naru extract enwiki/ --filter kind=article --filter 'length>=500' --out enwiki.parquet",
    'curl … | naru extract --fields title,text > articles.jsonl',
  ],
}
