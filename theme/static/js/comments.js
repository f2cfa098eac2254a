// Sends a comment in place and keeps what is being written in this tab until it has arrived.
// Without it the forms work as plain forms.
for (const form of document.querySelectorAll(".comment-form")) {
  const { thread, parent, name, comment, website } = form.elements;
  const said = form.querySelector(".comment-said");
  const draft = `comment ${thread.value} ${parent ? parent.value : ""}`;
  const kept = "Your words are still here.";
  let sending = false;

  const remember = () => {
    try {
      if (comment.value) sessionStorage.setItem(draft, JSON.stringify([name.value, comment.value]));
      else sessionStorage.removeItem(draft);
    } catch {
      // A browser that keeps nothing: then nothing is kept.
    }
  };

  // A browser may have brought back some of it by itself, and closed the reply that it is in.
  const recall = () => {
    try {
      const [written, words] = JSON.parse(sessionStorage.getItem(draft)) || ["", ""];
      if (!name.value && (!comment.value || comment.value === words)) name.value = written;
      if (!comment.value) comment.value = words;
    } catch {
      // As above.
    }
    if (comment.value && form.parentNode.matches("details")) form.parentNode.open = true;
  };

  const send = () => {
    const patience = new AbortController();
    setTimeout(() => patience.abort(), 30000);
    return fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      signal: patience.signal,
    });
  };

  const tell = async (answer) => {
    const words = await answer.json().catch(() => ({}));
    if (!answer.ok || !words.withdraw) {
      said.textContent = `${words.message || "Your comment could not be taken just now. Please try again in a little while."} ${kept}`;
      website.value = "";
      return;
    }
    form.reset();
    remember();
    thank(words);
  };

  // The fields go; the thanks stay, and where to turn in an emergency.
  const thank = (words) => {
    for (const part of form.children) part.hidden = part !== said;
    const notes = form.previousElementSibling;
    if (notes) for (const note of notes.children) note.hidden = note !== notes.firstElementChild;
    said.textContent = "Thank you. Your comment has arrived and will be read before it appears. ";
    const link = document.createElement("a");
    link.href = new URL(words.withdraw, form.action);
    link.textContent = "Withdraw it";
    said.append(link, " (this link is shown only now).");
    said.tabIndex = -1;
    said.focus();
  };

  form.addEventListener("input", () => {
    remember();
    if (comment.textLength >= comment.maxLength) said.textContent = "This is as long as a comment can be.";
  });

  form.addEventListener("submit", async (event) => {
    if (sending) return event.preventDefault();
    let answer;
    try {
      answer = send();
    } catch {
      return; // Then the browser sends the form itself, as it does without a script.
    }
    event.preventDefault();
    sending = true;
    said.textContent = "Sending …";
    try {
      await tell(await answer);
    } catch {
      said.textContent = `There is no answer at the moment, so it isn’t certain that your comment arrived. ${kept} Please try again in a little while.`;
    }
    sending = false;
  });

  recall();
}
