// Shows the buttons that this browser can honour; the page works without them.

// "Listen", where the device has a voice of its own for the article, which its author hasn't read.
const { listen } = document.currentScript.dataset;

const findVoice = (language) => {
  const voices = speechSynthesis.getVoices().filter(({ localService, lang }) =>
    localService && lang.split(/[-_]/)[0] === language.split("-")[0]);
  return voices.find((voice) => voice.default) || voices.find(({ lang }) => lang.replace("_", "-") === language) || voices[0];
};

const offerToRead = () => {
  const byline = document.querySelector(".byline");
  if (byline.querySelector("button") || !findVoice(document.querySelector(".e-content").closest("[lang]").lang)) return;
  const row = document.createElement("span");
  const button = document.createElement("button");
  row.className = "share-ways";
  button.type = "button";
  button.textContent = "Listen";
  button.onclick = () => {
    button.onclick = null;
    // Safari lets a page speak later on if it has spoken, if only nothing, at the press itself.
    speechSynthesis.speak(new SpeechSynthesisUtterance(""));
    import(listen).then(({ read }) => read(button, findVoice), () => {
      row.textContent = "Listening isn’t possible just now.";
    });
  };
  row.append(button);
  byline.append(row);
};

if (listen && window.speechSynthesis && !document.querySelector("audio")) {
  speechSynthesis.onvoiceschanged = offerToRead; // they may come late
  offerToRead();
}

// Sharing
const said = document.querySelector(".share-said");
const address = document.querySelector(".share-address");

// The address itself, where it can't be copied by a button.
const showAddress = () => address && address.classList.add("is-needed");

if (!navigator.clipboard) showAddress();

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = `The address is copied: ${button.dataset.copy}`;
    } catch {
      showAddress();
      said.textContent = "Your browser didn’t allow it. Please select the address and copy it.";
    }
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ title: button.dataset.title, url: button.dataset.share });
    } catch (error) {
      if (error.name === "AbortError") return;
      showAddress();
      said.textContent = "Sharing didn’t work. Please copy the address.";
    }
  });
}
