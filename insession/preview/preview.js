// Reloads the page when something it shows has changed, and swaps its styles when only they have.
// A page in a hidden tab doesn't listen (browsers allow few streams at a time); it asks what it
// missed when it is looked at again.
// All of it stands in a block: a name that a script of the page has, too, would end both.
{
  let seen = document.currentScript.dataset.version;
  let stream;

  const swapStyle = async () => {
    const answer = await fetch("/.preview/style.css");
    document.querySelector("head style").textContent = await answer.text();
  };

  const listen = () => {
    stream?.close();
    stream = new EventSource(`/.preview/changes?seen=${seen}`);
    stream.onmessage = (event) => {
      const change = JSON.parse(event.data);
      seen = change.version;
      if (change.kind === "style") swapStyle();
      else location.reload();
    };
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? stream.close() : listen()));
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
}
