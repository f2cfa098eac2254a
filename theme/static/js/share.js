// Shows the buttons that this browser can honour; the address and the e-mail link work without.
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
