export { evaluationSettings as settings } from '../../evaluation/settings.ts'
