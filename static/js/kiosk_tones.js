// Vietnamese tone marks: which letter of a syllable bears the mark, and the syllable with it. Output is NFC.
export const MARKS = { grave: "\u0300", acute: "\u0301", hook: "\u0309", tilde: "\u0303", dot: "\u0323" };
const ANY_MARK = /[\u0300\u0301\u0303\u0309\u0323]/g;
const VOWEL = /[aăâeêioôơuưy]/i;
// Letters with a shape of their own bear the mark wherever they stand; of “ươ” the second one does.
const SHAPED = /[ăâêôơư]/i;

const plain = (text) => text.normalize("NFD").replace(ANY_MARK, "").normalize("NFC");

// Place of the letter that bears the mark, or -1 in a word without vowel.
function bearer(word) {
  const letters = [...word];
  let first = 0;
  // “qu” and “gi” open a syllable as one consonant, unless nothing else is there to bear the mark.
  if (/^(qu|gi)/i.test(word) && letters.slice(2).some((letter) => VOWEL.test(letter))) first = 2;
  const start = letters.findIndex((letter, place) => place >= first && VOWEL.test(letter));
  if (start < 0) return -1;
  let end = start;
  while (end + 1 < letters.length && VOWEL.test(letters[end + 1])) end += 1;
  for (let place = end; place >= start; place -= 1) if (SHAPED.test(letters[place])) return place;
  const closed = end + 1 < letters.length;
  if (end === start) return start;
  if (end - start >= 2) return start + 1;
  return closed ? end : start;
}

// The text with the mark (a name of MARKS, or "plain" for none) on its last syllable.
export function marked(text, mark) {
  const [before, word] = text.normalize("NFC").match(/^(.*?)([^\s.,;:/()-]*)$/su).slice(1);
  const bare = plain(word);
  const place = mark === "plain" ? -1 : bearer(bare);
  if (place < 0) return before + bare;
  const letters = [...bare];
  // A second touch of the same key takes the mark away again.
  const whole = letters.map((letter, at) => (at === place ? letter + MARKS[mark] : letter)).join("").normalize("NFC");
  return before + (whole === word ? bare : whole);
}
