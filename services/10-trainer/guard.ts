import { scriptOf } from '../../language/letters.ts'
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

  constructor(tokenizerJson: string, settings: TrainerSettings['training']) {
    this.#tokenizer = Tokenizer.parse(tokenizerJson)
    this.#settings = settings
  }

  /** Undefined for too few texts. */
  figuresOf(vectors: readonly SparseVector[]): CollapseFigures | undefined {
    if (vectors.length < fewestTexts) return undefined
    const isKorean = (term: number) => scriptOf(this.#tokenizer.decodeToken(term).replace(/^(##|▁)/, '')) === 'hangul'
    return collapseFigures(vectors, isKorean, this.#settings.seed)
  }

  /** Throws FatalError COLLAPSED. */
  async act(figures: CollapseFigures, trainer: Trainer, step: number, log: Logger): Promise<void> {
    const faults = diagnose(figures, this.#limits, (term) => this.#tokenizer.decodeToken(term))
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
