/*
 * Written by bench/calibration.ts --write; do not edit. docs/explain/confidence.md tells how. Fitted to:
 * {"pairs":4229,"judged":534,"agreed":471,"judgeRecall":{"titles":0.9832,"aliases":0.7653},"judges":[{"name":"kengdic-6000.short.ko-en.tsv","sha256":"0b35878193735bc736a226fa09cb2f7f6d58fc4f668965b701526ac1bca44087","pairs":7409},{"name":"wikidata-names.en-ko.tsv","sha256":"7eaf0139fa258e429055c6fff0b7e9037927d38c5e0891dcf07162de9a267ae1","pairs":71228}],"judgedByVoice":{"link_mutual":384,"link_one_sided":9,"link_inline":0,"gloss":404,"infobox":1,"bold":65,"redirect":97,"anchor":31,"entity":33,"existing":0},"crossFitted":{"brier":0.0793,"expectedCalibrationError":0.0397},"expected":{"brier":0.0872,"expectedCalibrationError":0.0584}}
 */
import type { Weights } from './formula.ts'

export const fitted: Weights = {
  bias: -0.9119,
  voices: {
    link_mutual: 5.543,
    link_one_sided: 4.4816,
    link_inline: 3.9444,
    gloss: 3.8239,
    infobox: 2.9563,
    bold: 2.8084,
    redirect: 0.9487,
    anchor: 3.0859,
    entity: 3.0937,
    existing: 3.1972,
  },
}
