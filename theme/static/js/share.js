// Shows the buttons that this browser can honour; the address and the e-mail link work without.
const said = document.querySelector(".share-said");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = `The address is copied: ${button.dataset.copy}`;
    } catch {
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
      if (error.name !== "AbortError") said.textContent = "Sharing didn’t work. Please copy the address.";
    }
  });
}
