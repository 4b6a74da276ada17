/*
 * Written by bench/calibration.ts --write; do not edit. docs/explain/confidence.md tells how. Fitted to:
 * {"pairs":4247,"judged":536,"agreed":472,"judgeRecall":{"titles":0.9832,"aliases":0.7653},"judges":[{"name":"kengdic-6000.short.ko-en.tsv","sha256":"0b35878193735bc736a226fa09cb2f7f6d58fc4f668965b701526ac1bca44087","pairs":7409},{"name":"wikidata-names.en-ko.tsv","sha256":"7eaf0139fa258e429055c6fff0b7e9037927d38c5e0891dcf07162de9a267ae1","pairs":71228}],"judgedByVoice":{"link_mutual":384,"link_one_sided":9,"link_inline":0,"gloss":404,"infobox":1,"bold":65,"redirect":97,"anchor":31,"entity":37,"existing":0},"crossFitted":{"brier":0.0799,"expectedCalibrationError":0.0404},"expected":{"brier":0.0878,"expectedCalibrationError":0.0596}}
 */
import type { Weights } from './formula.ts'

export const fitted: Weights = {
  bias: -0.9317,
  voices: {
    link_mutual: 5.5414,
    link_one_sided: 4.4818,
    link_inline: 3.9444,
    gloss: 3.8208,
    infobox: 2.9535,
    bold: 2.8071,
    redirect: 0.9653,
    anchor: 3.0841,
    entity: 3.0604,
    existing: 3.1972,
  },
}
