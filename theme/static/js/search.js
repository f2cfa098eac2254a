// Searches the site's texts here in the browser, by an index that is fetched whole: nobody is told
// what is looked for, and what stands behind the # of the address is never sent.
// Words are those of insession/content/words.py, the index that of insession/output/search_index.py.
const form = document.querySelector(".search-form");
const { words: field } = form.elements;
const said = document.querySelector(".search-said");
const count = said.querySelector(".search-count");
const crisis = said.querySelector(".content-note");
const list = document.querySelector(".search-results");
const model = document.querySelector(".search-result").content.firstElementChild;
const all = document.querySelector(".a-to-z");
const { dataset: phrases } = count;
const START = "#q=";
const MOST = 50;
const COMMON = Math.log(3); // the rarity of a word in every other text

const UNWRITTEN =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad\u200b-\u200d\u2060]/g;
const ALIKE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", ς: "σ", ى: "ي", ة: "ه" };
const TOGETHER =
  "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
const WITHOUT_SPACES = new RegExp(TOGETHER, "u");
const PARTS = new RegExp(`${TOGETHER}+|(?:(?!${TOGETHER}).)+`, "gu");
const WORD = /[\p{L}\p{N}\p{M}'’ʼ׳״"]+/gu;

const fold = (text) =>
  text.replace(/['’ʼ׳״"]/g, "'").normalize("NFKD").replace(UNWRITTEN, "").toLowerCase()
    .replace(/[ßæœøđłıςىة]/g, (sign) => ALIKE[sign]).normalize("NFC");

// Each two signs that stand together where no spaces are.
const cut = (part) => {
  const signs = [...part];
  if (signs.length < 2 || !WITHOUT_SPACES.test(part)) return [part];
  return signs.slice(1).map((sign, n) => signs[n] + sign);
};

export const splitWords = (text) =>
  fold(text).replace(/[^\p{L}\p{N}\p{M}']+/gu, " ")
    .replace(/(^|[^\p{L}\p{N}\p{M}'])(\p{L}{1,2})'(?=\p{L}{3})/gu, "$1$2 ").replace(/'/g, "")
    .split(" ").flatMap((word) => word.match(PARTS) || []).flatMap(cut);

// Which words of the index are meant, and how surely

const ENDINGS = new Set(
  ("|s|es|ed|d|e|y|ies|ied|ing|ings|er|ers|or|ors|ly|al|ful|ness|ment|ments|ion|ions|ation|ist|ists|" +
    "ive|able|ance|ence|ous|ety|en|em|n|t|ung|ungen|o|a|os|as|ar|ים|ות|ת|ה|י").split("|"),
);
const PREFIX = /^(?:[והבכלמש]{1,4}|[وف]?[بك]?ال|[وف]?لل|[وفبكل])$/;

const isForm = (word, other) => {
  let n = 0;
  while (n < word.length && word[n] === other[n]) n += 1;
  const rests = [word.slice(n), other.slice(n)];
  if (n < 3 || (n < 4 && rests[0] && rests[1])) return false;
  // In "stopping" and "stopped" the last letter stands twice.
  return rests.every((rest) => ENDINGS.has(rest) || (rest[0] === word[n - 1] && ENDINGS.has(rest.slice(1))));
};

const isPrefixed = (word, other) => {
  const [short, long] = word.length < other.length ? [word, other] : [other, word];
  return short.length > 2 && long.endsWith(short) && PREFIX.test(long.slice(0, -short.length));
};

// One letter too many, too few, another one, or two that changed places.
const isNear = (word, other) => {
  if (word.length < 5 || other.length < 4 || Math.abs(word.length - other.length) > 1) return false;
  let n = 0;
  while (n < word.length && word[n] === other[n]) n += 1;
  const [one, two] = [word.slice(n), other.slice(n)];
  const changed = one[0] === two[1] && one[1] === two[0] && one.slice(2) === two.slice(2);
  return changed || one.slice(1) === two.slice(1) || one.slice(1) === two || one === two.slice(1);
};

const bare = (word) => word.replace(/(?:ing|ed|es|s|e|y)$/, "");

// The first of these that finds anything decides.
const WAYS = [
  (word, other) =>
    word === other ? 1 : isForm(word, other) || isPrefixed(word, other) ? 0.8 : word.length > 3 && other.startsWith(word) ? 0.5 : 0,
  (word, other) => (word.length > 1 || WITHOUT_SPACES.test(word)) && other.startsWith(word) ? 0.5 : 0,
  (word, other) => (isNear(word, other) ? 0.5 : 0),
  (word, other) => (isNear(bare(word), bare(other)) ? 0.4 : 0),
];
const GUESSED = 2; // from this one on: a typing error

// Returns pairs of a word and how surely it is meant; and as what a typing error was read.
const meant = (word, vocabulary) => {
  const ways = /\p{N}/u.test(word) ? WAYS.slice(0, GUESSED) : WAYS;
  for (const [n, way] of ways.entries()) {
    const found = [];
    for (const other of vocabulary.keys()) {
      const surety = way(word, other);
      if (surety) found.push([other, surety]);
    }
    if (found.length && n < GUESSED) return [found, word];
    if (found.length) {
      const size = ([other, surety]) => surety * vocabulary.get(other).length;
      const [[best]] = found.sort((one, other) => size(other) - size(one));
      return [meant(best, vocabulary)[0], best];
    }
  }
  return [[], ""];
};

const WEIGHTS = [1, 2, 12]; // in a text; there often, or in a heading; in the title

function* places(written) {
  let number = 0;
  let text = -1;
  for (let n = 0; n < written.length; n += 1) {
    const code = written.charCodeAt(n);
    if (code > 92) {
      number = number * 32 + code - 93;
      continue;
    }
    number = number * 56 + code - 35;
    text += (number >> 2) + 1;
    yield [text, number & 3];
    number = 0;
  }
}

// Returns texts of an index with a score, the share of the words that each has, and these with
// their rarity. Notes in `read` as what a word was read.
const find = (index, words, read) => {
  const results = new Map();
  for (const word of words) {
    const best = new Map();
    const [found, guess] = meant(word, index.vocabulary);
    if (guess === word || (guess && !read.has(word))) read.set(word, guess);
    for (const [other, surety] of found) {
      for (const [text, weight] of places(index.vocabulary.get(other))) {
        const result = best.get(text) || { score: 0, words: [] };
        result.score = Math.max(result.score, surety * WEIGHTS[weight]);
        result.words.push(other);
        best.set(text, result);
      }
    }
    const rarity = Math.log(1 + index.texts.length / (best.size || 1));
    for (const [text, { score, words: others }] of best) {
      const result = results.get(text) || { index, text: index.texts[text], score: 0, share: 0, words: new Map() };
      result.score += score * rarity;
      result.share += rarity;
      for (const other of others) result.words.set(other, rarity);
      results.set(text, result);
    }
  }
  return [...results.values()];
};

// What is loaded. A browser doesn't ask again for a module that it couldn't get, but for one at another address.
let attempt = 0;
const load = async (path) => (await import(path + (attempt ? `?${attempt}` : ""))).default;

const loaded = {};
const once = (path, make) => {
  loaded[path] = loaded[path] || load(path).then(make);
  loaded[path].catch(() => delete loaded[path]);
  return loaded[path];
};

const readIndex = (index) => {
  const written = index.places.split("\n");
  return { ...index, vocabulary: new Map(index.words.split("\n").map((word, n) => [word, written[n]])) };
};

export const readDanger = ({ spellings, wordings, words }) => ({
  spellings: spellings.map(([wrong, right]) => [new RegExp(`\\b${wrong}\\b`, "g"), right]),
  wording: new RegExp(`\\b(?:${wordings.join("|")})`),
  words: words.map(splitWords),
});

const isSame = (word, other) =>
  word === other || isForm(word, other) || isPrefixed(word, other) || (other.length > 5 && isNear(word, other));

// Some wordings are known by where a sentence ends.
export const speaksOfDanger = (text, danger) =>
  [...text.split(/[.!?;:…,]+/), text].some((sentence) => {
    let plain = sentence.toLowerCase().replace(/[’'‘`´]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    for (const [wrong, right] of danger.spellings) plain = plain.replace(wrong, right);
    const words = splitWords(plain);
    return danger.wording.test(plain) || danger.words.some((each) => each.every((one) => words.some((word) => isSame(word, one))));
  });

// What is shown

const say = (phrase, values = {}) => {
  count.textContent = phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};

const marked = (text) => {
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
};

const markWord = (word, words) => {
  if (!WITHOUT_SPACES.test(word)) return splitWords(word).some((each) => words.has(each)) ? [marked(word)] : [word];
  const signs = [...word];
  const isMarked = signs.map((sign, n) =>
    [sign, sign + signs[n + 1], signs[n - 1] + sign].some((each) => words.has(fold(each))));
  return signs.map((sign, n) => (isMarked[n] ? marked(sign) : sign));
};

// Returns nodes with the words marked; where no spaces are, the signs that were found.
const mark = (text, words) => {
  const nodes = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    nodes.push(text.slice(end, index), ...markWord(word, words));
    end = index + word.length;
  }
  return [...nodes, text.slice(end)];
};

const hasMark = (nodes) => nodes.some((node) => node.nodeName === "MARK");

// Returns the headings with these words; where nothing shown has any, the words alone.
const passages = (words, shown, headings) => {
  const found = headings.map((heading) => mark(heading, words)).filter(hasMark).slice(0, 3);
  const parts = found.map((nodes) => ["“", ...nodes, "”"]);
  if (!found.length && !hasMark(shown)) {
    parts.push(...[...words].filter((word) => !WITHOUT_SPACES.test(word)).slice(0, 3).map((word) => [marked(word)]));
  }
  return parts.flatMap((part, n) => (n ? [", ", ...part] : part));
};

const draw = ({ index, text: [address, title, summary, topic, ...headings], words }) => {
  const item = model.cloneNode(true);
  // What stands in most texts, such as "the", is marked only where nothing else is.
  const rare = [...words.keys()].filter((word) => words.get(word) > COMMON);
  const found = new Set(rare.length ? rare : words.keys());
  const shown = [mark(title, found), mark(summary, found)];
  shown.push(passages(found, shown.flat(), headings));
  ["a", ".item-summary", ".in-text"].forEach((name, n) => {
    const part = item.querySelector(name);
    part.append(...shown[n]);
    [part.lang, part.dir] = [index.language, index.direction];
    part.parentNode.hidden = !shown[n].length;
  });
  item.querySelector("a").href = `${form.dataset.root}/${address}`;
  const label = item.querySelector(".in-margin");
  label.textContent = topic;
  label.hidden = !topic;
  return item;
};

const show = (text, words, results, read) => {
  const most = Math.max(0, ...results.map(({ share }) => share));
  const near = results.filter(({ share }) => share > most * 0.7).sort((one, other) => other.score - one.score);
  list.replaceChildren(...near.slice(0, MOST).map(draw));
  all.hidden = near.length > 0;
  const phrase = near.length > MOST ? "most" : near.length > 1 ? "many" : near.length ? "one" : "none";
  const isRead = !near.length || words.every((word) => read.get(word) === word);
  const shown = isRead ? text : words.map((word) => read.get(word)).filter(Boolean).join(" ");
  say(phrases[phrase], { words: shown, count: near.length, most: MOST });
};

const clear = (phrase) => {
  list.replaceChildren();
  all.hidden = false;
  say(phrase);
};

let asked = 0;
const search = async () => {
  const number = (asked += 1);
  const text = field.value.trim();
  crisis.hidden = true;
  if (!text) return clear("");
  say(phrases.busy);
  const { danger, indexes } = form.dataset;
  try {
    // First of all whom to turn to, however large the index is.
    const help = once(danger, readDanger).then((list) => {
      if (number === asked) crisis.hidden = !speaksOfDanger(text, list);
    });
    const found = await Promise.all(indexes.split(" ").filter(Boolean).map((path) => once(path, readIndex)));
    await help;
    const words = [...new Set(splitWords(text))];
    const read = new Map();
    if (number === asked) show(text, words, found.flatMap((index) => find(index, words, read)), read);
  } catch {
    attempt += 1;
    if (number !== asked) return;
    crisis.hidden = false; // in case
    clear(phrases.failed);
  }
};

const recall = () => {
  if (!location.hash.startsWith(START)) return;
  try {
    field.value = decodeURIComponent(location.hash.slice(START.length));
  } catch {
    return; // an address that somebody has cut off
  }
  search();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  history.replaceState(null, "", text ? START + encodeURIComponent(text) : location.pathname);
  search();
});
addEventListener("hashchange", recall);
form.classList.add("is-ready");
recall();
