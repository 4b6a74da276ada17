/** Figures of a training by the names that its log gives them, in English and Korean. */

import { languages } from './text.js'

const hit = (english, korean) => [`hit@1 ${english}`, `hit@1 ${korean}`]

export const figures = {
  loss: ['loss', '손실'],
  ranking: ['ranking', '순위'],
  crossLingual: ['cross-lingual', '교차 언어'],
  distillation: ['distillation', '증류'],
  sparsity: ['sparsity', '희소성'],
  alignment: ['alignment', '정렬'],
  contrast: ['contrast', '대조'],
  activation: ['activation', '활성화'],
  leadAlignment: ['leads', '첫 문단'],
  activeTerms: ['active terms', '활성 용어'],
  activeTermsShort: ['of names', '이름'],
  activeTermsLong: ['of documents', '문서'],
  samplesPerSecond: ['samples/s', '샘플/초'],
  waitingShare: ['share of time waiting for batches', '배치를 기다린 시간의 비율'],
  etaSeconds: ['seconds left', '남은 시간(초)'],
  epoch: ['epoch', '에폭'],
  gradientNorm: ['norm of the gradients', '기울기의 노름'],
  lossScale: ['loss scale', '손실 배율'],
  learningRate: ['learning rate', '학습률'],
  trainLeftToRightHitAt1: hit('training pairs, left → right', '학습 쌍, 왼쪽 → 오른쪽'),
  trainRightToLeftHitAt1: hit('training pairs, right → left', '학습 쌍, 오른쪽 → 왼쪽'),
  valLeftToRightHitAt1: hit('held-out pairs, left → right', '검증 쌍, 왼쪽 → 오른쪽'),
  valRightToLeftHitAt1: hit('held-out pairs, right → left', '검증 쌍, 오른쪽 → 왼쪽'),
  mostFrequentTermShare: ['texts with the commonest term', '가장 흔한 용어가 있는 글의 비율'],
  randomPairCosine: ['cosine of random pairs', '무작위 쌍의 코사인'],
  emptyShare: ['texts without a term', '용어가 없는 글의 비율'],
  leftWeightShare: ['weight on the left language', '왼쪽 언어의 가중치 비율'],
}

/** What the log of another program calls its figures stays as it is. */
export function figureText(name, language) {
  return Object.hasOwn(figures, name) ? figures[name][languages.indexOf(language)] : name
}
