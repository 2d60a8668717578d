// What is said in the search's benchmark: for each language the words that are said most, and the syllables of all
// others, which are said the more rarely the longer the list is followed.

import type { Random } from '../../tests/support/random.ts';

interface Language {
  /** Its part of all conversations. */
  readonly share: number;
  /** The commonest first. */
  readonly common: readonly string[];
  readonly syllables: readonly string[];
  /** What stands between two words. */
  readonly gap: string;
}

const split = (text: string) => text.split(' ');
const LATIN = split(
  'ba be bo ca co da de di do fa fe fi ga go ha hi in ka ke la le li lo ma me mi na ne no pa pe ra re ro sa se so ta te to va ve',
);
const HAN =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运';

const LANGUAGES: readonly Language[] = [
  {
    ...{ share: 50, gap: ' ', syllables: LATIN },
    common: split(
      'the to and a you i is my it for of in we order on that can have your not with this was be please when hello thanks parcel fern delivery return shade water invoice refund address size leaves',
    ),
  },
  {
    ...{ share: 15, gap: ' ', syllables: [...LATIN, ...split('schä grö ßen fü ich ung ver')] },
    common: split(
      'ich die der und ist das nicht wir sie ein mit es auf für den von bestellung zu haben bitte danke farn größe lieferung rechnung paket zurück grün wasser straße',
    ),
  },
  {
    ...{ share: 10, gap: ' ', syllables: [...LATIN, ...split('é è ça tion eau ment')] },
    common: split(
      'de je la le et vous les pas est à un que pour en une commande nous merci bonjour fougère café colis été déjà reçu adresse facture',
    ),
  },
  {
    ...{ share: 5, gap: ' ', syllables: split('ка ко ра ре то на не по ло ли ви да ста мо бо ше') },
    common: split('и в не на я что заказ с мы вы спасибо папоротник доставка когда посылка адрес'),
  },
  {
    ...{ share: 5, gap: ' ', syllables: split('ال با را مي تو نا كا لي سا دو هم شر قو يا') },
    common: split('في من على أن الطلب لا شكرا متى مرحبا السرخس العنوان الشحن وصل'),
  },
  {
    ...{ share: 8, gap: '', syllables: [...HAN] },
    common: split(
      '的 我 了 你 好 是 订单 发货 请 谢谢 绿茶 快递 地址 退款 什么时候 没有 收到 蕨类',
    ),
  },
  {
    ...{
      share: 5,
      gap: '',
      syllables: [
        ...'かきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ',
      ],
    },
    common: split('は を の です ます 注文 配送 お願いします いつ シダ 届き ありがとう 住所 返品'),
  },
  {
    ...{ share: 2, gap: '', syllables: split('กา มี ไป นะ รา ลา สี ดำ โต เขา ยา บน') },
    common: split('ครับ ค่ะ ที่ ไม่ ส่ง สินค้า เมื่อไหร่ ขอบคุณ ชาเขียว เฟิร์น'),
  },
];

/** As many as a language has in use. */
const WORDS = 40_000;

export function aLanguage(random: Random): Language {
  let left = random.between(1, 100);
  const found = LANGUAGES.find(({ share }) => (left -= share) <= 0);
  if (!found) throw new Error('the shares are not 100 in all');
  return found;
}

export function aSentence({ common, syllables, gap }: Language, random: Random): string {
  const words = Array.from({ length: random.between(4, 18) }, () => {
    // A word is said half as often as one that stands at half its place.
    const place = Math.floor(WORDS ** random.next()) - 1;
    return common[place] ?? spelled(place, syllables);
  });
  return words.join(gap);
}

function spelled(place: number, syllables: readonly string[]): string {
  let word = '';
  for (let left = place; left > 0; left = Math.floor(left / syllables.length)) {
    word += syllables[left % syllables.length] ?? '';
  }
  return word;
}
