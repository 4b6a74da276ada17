import { languageName } from '../../language/pair.ts'
import { languageByLetters } from '../../language/script.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { type CollapseFigures, type CollapseLimits, collapseFigures, diagnose } from '../../model/collapse.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import type { Trainer } from '../../model/trainer.ts'
import { FatalError } from '../../runtime/errors.ts'
import type { Logger } from '../../runtime/log.ts'
import type { TrainerSettings } from './settings.ts'

/** Fewer texts are no sample: of ten names one term may well fire in half. */
const fewestTexts = 100

/**
 * Looks at every validation whether the vectors still tell texts apart. Where they do not, the sparsity penalty is halved; when
 * that has been done so many times, the run stops with what is wrong.
 */
export class CollapseGuard {
  readonly #tokenizer: Tokenizer
  readonly #settings: TrainerSettings['training']
  readonly #languages: TrainerSettings['languages']

  constructor(tokenizerJson: string, { training, languages }: Pick<TrainerSettings, 'training' | 'languages'>) {
    this.#tokenizer = Tokenizer.parse(tokenizerJson)
    this.#settings = training
    this.#languages = languages
  }

  /** Undefined for too few texts. */
  figuresOf(vectors: readonly SparseVector[]): CollapseFigures | undefined {
    if (vectors.length < fewestTexts) return undefined
    const languageOf = languageByLetters(this.#languages)
    const sideOf = (term: number) => this.#languages.indexOf(languageOf(this.#tokenizer.decodeToken(term)) ?? '')
    return collapseFigures(vectors, sideOf, this.#settings.seed)
  }

  /** Throws FatalError COLLAPSED. */
  async act(figures: CollapseFigures, trainer: Trainer, step: number, log: Logger): Promise<void> {
    const names = {
      termOf: (term: number) => this.#tokenizer.decodeToken(term),
      languages: this.#languages.map(languageName),
    }
    const faults = diagnose(figures, this.#limits, names)
    if (faults.length === 0) return
    const { collapse_halvings: halvings, gamma_sparsity: gamma } = this.#settings
    const factor = await trainer.weakenPenalty()
    if (factor >= 2 ** -halvings) {
      log.warn({ step, faults, penaltyFactor: factor }, 'vectors are collapsing, the sparsity penalty is halved')
      return
    }
    throw new FatalError('COLLAPSED', `after step ${step} ${faults.join('; ')}`, {
      hint: `the penalty was halved ${halvings} times in vain: train anew with a smaller learning_rate, or another gamma_sparsity (now ${gamma}) and a longer sparsity_warmup_share`,
    })
  }

  get #limits(): CollapseLimits {
    const { collapse_term_share, collapse_pair_cosine, collapse_empty_share, collapse_language_share } = this.#settings
    return {
      termShare: collapse_term_share,
      pairCosine: collapse_pair_cosine,
      emptyShare: collapse_empty_share,
      languageShare: collapse_language_share,
    }
  }
}
