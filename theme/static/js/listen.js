// Reads an article aloud by voices of the device.
const BLOCK = "h1,h2,h3,h4,p,li,dt,dd,th,td,summary";
const SKIPPED = "pre,code,sup,nav,figure,.notes";
const SENTENCE = /\S.*?([.!?…؟][”’)]*(?=\s)|[。！？]|(?=\s*$))/gs;

const split = (block, voice) => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const signs = [];
  let text = "";
  for (let node; voice && (node = walker.nextNode()); ) {
    const { parentNode, data } = node;
    if (parentNode.closest(BLOCK) !== block || parentNode.closest(SKIPPED)) continue;
    text += data;
    for (const n in data) signs.push([node, +n]);
  }
  return [...text.matchAll(SENTENCE)].map(({ 0: words, index }) => {
    const range = new Range();
    const [node, n] = signs[index + words.length - 1];
    range.setStart(...signs[index]);
    range.setEnd(node, n + 1);
    return { words, range, voice };
  });
};

export const read = (button, find) => {
  const sentences = [...document.querySelectorAll("h1,.e-content *")].flatMap((block) => split(block, find(block.closest("[lang]").lang)));
  const end = button.cloneNode();
  let place = 0;
  let spoken;

  const fall = (word) => {
    spoken = null;
    speechSynthesis.cancel();
    button.textContent = word;
  };

  const stop = () => {
    fall("Listen");
    place = 0;
    end.remove();
    CSS.highlights?.clear();
  };

  const speak = () => {
    if (!sentences[place]) return stop();
    const { words, range, voice } = sentences[place];
    CSS.highlights?.set("spoken", new Highlight(range));
    const own = (spoken = new SpeechSynthesisUtterance(words));
    own.voice = voice;
    own.lang = voice.lang;
    own.onend = own.onerror = () => own === spoken && speak((place += 1));
    speechSynthesis.speak(own);
  };

  const toggle = () => {
    if (spoken) return fall("Go on");
    fall("Pause");
    button.after(end);
    speak();
  };

  end.textContent = "Stop";
  end.onclick = () => {
    stop();
    button.focus();
  };
  button.onclick = toggle;
  onpagehide = stop;
  onkeydown = ({ key }) => {
    if (key === "Escape") stop();
  };
  toggle();
};
