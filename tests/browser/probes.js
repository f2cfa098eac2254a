// What the tests ask a page. Each answer is plain data; elements are named by `describe`.
globalThis.probes = (() => {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({
    type: "layout-shift",
    buffered: true,
  });

  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden");

  const describe = (element) => {
    const name = [element.localName, ...element.classList].join(".");
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 30);
    return `<${name}> “${words}”`;
  };

  // A rectangle of text is as high as the font is; the line may be less.
  const asHighAs = (height, box) => {
    const over = Math.max(0, box.height - height) / 2;
    return new DOMRect(box.x, box.y + over, box.width, box.height - 2 * over);
  };

  // Where the words of each block are: [element, rectangles]; an inline element counts as its
  // block.
  const words = () => {
    const blocks = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      let element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !shown(element)) continue;
      while (getComputedStyle(element).display === "inline") element = element.parentElement;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const { lineHeight } = getComputedStyle(walker.currentNode.parentElement);
      const boxes = [...range.getClientRects()].map((box) => asHighAs(parseFloat(lineHeight), box));
      blocks.set(element, [...(blocks.get(element) ?? []), ...boxes]);
    }
    return [...blocks];
  };

  const clips = (element, values) => {
    for (let box = element; box && box !== document.body; box = box.parentElement)
      if (values.includes(getComputedStyle(box).overflowX)) return box;
    return null;
  };

  // What reaches out of the window, unless it scrolls inside itself.
  const wider = () => {
    const root = document.scrollingElement;
    const reaches = (box) => box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
    const found = all("body *")
      .filter((element) => shown(element) && reaches(element.getBoundingClientRect()))
      .filter((element) => !clips(element.parentElement, ["auto", "scroll"]))
      .map((element) => describe(element));
    const lost = words()
      .filter(([element, boxes]) => boxes.some(reaches) && !clips(element, ["auto", "scroll"]))
      .map(([element]) => `the words of ${describe(element)}`);
    const page = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    return [...page, ...found, ...lost];
  };

  // Words that are cut off by a box, or that lie on the words of another block.
  const unreadable = () => {
    const blocks = words();
    const cut = blocks.filter(([element, boxes]) => {
      const box = clips(element, ["hidden", "clip"])?.getBoundingClientRect();
      return box && boxes.some((b) => b.right > box.right + 1 || b.bottom > box.bottom + 4);
    });
    const meet = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    const covered = blocks.flatMap(([one, boxes], position) =>
      blocks
        .slice(position + 1)
        .filter(([, others]) => boxes.some((a) => others.some((b) => meet(a, b))))
        .map(([other]) => `${describe(one)} and ${describe(other)} overlap`),
    );
    return [...cut.map(([element]) => `${describe(element)} is cut off`), ...covered];
  };

  // The spacing that a reader may set: WCAG 2.2, 1.4.12.
  const spaceText = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  // Playwright's own waiting is stopped by the policy; this is not.
  // Playwright's wait_for_function is an eval, which a page's policy forbids after the first look.
  const until = async (holds) => {
    const deadline = performance.now() + 90_000; // only a fault takes so long
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`never true: ${holds}`);
      await frame();
    }
  };

  // Read the page to its end, a window at a time; then what has moved.
  const readToTheEnd = async () => {
    const root = document.scrollingElement;
    for (let y = 0; y < root.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await frame();
    }
    const pictures = [...document.images].filter(shown); // one that isn't shown may never come
    await Promise.all(pictures.map((image) => image.decode().catch(() => null)));
    await document.fonts.ready;
    await frame();
    await frame();
    return shifts
      .filter((shift) => !shift.hadRecentInput)
      .map(({ value, sources }) => {
        const moved = sources.map(({ node }) => node && describe(node.parentElement ?? node));
        return `${value.toFixed(4)}: ${moved.join(", ")}`;
      });
  };

  const interactive = () =>
    all("a[href], button, summary, input, select, textarea, [tabindex='0']").filter((element) =>
      element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
    );

  // A link in running text is as high as its line (WCAG 2.2, 2.5.8, “Inline”).
  const inSentence = (element) => {
    const block = element.parentElement.closest(".prose, p");
    const more = block && block.textContent.trim() !== element.textContent.trim();
    return more && getComputedStyle(element).display === "inline";
  };

  const smallTargets = (size, selector = "*") =>
    interactive()
      .filter((element) => element.matches(selector) && !inSentence(element))
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < size - 0.01 || height < size - 0.01)
      .map(([element, { width, height }]) => {
        return `${describe(element)} is ${width.toFixed(1)} × ${height.toFixed(1)} px`;
      });

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const background = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    const opaque = (channels(backgroundColor)[3] ?? 1) === 1;
    return opaque || !element.parentElement ? backgroundColor : background(element.parentElement);
  };

  // What is wrong with the ring around the focused element; "" when nothing is.
  const ring = (element) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const width = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
    const behind = background(element.parentElement);
    if (width < 3) return `${describe(element)} has a ring of ${width} px`;
    if (!(contrast(outlineColor, behind) >= 3))
      return `${describe(element)} has a ring of ${outlineColor} on ${behind}`;
    return "";
  };

  let focused = [];
  const recordFocus = () =>
    document.addEventListener("focusin", ({ target }) => focused.push([target, ring(target)]));
  const focusOrder = () => focused.map(([element]) => describe(element));
  const faultyRings = () => focused.map(([, fault]) => fault).filter(Boolean);
  const focusAgain = () => {
    const order = focused.map(([element]) => element);
    focused = [];
    document.activeElement.blur();
    for (const element of order) element.focus();
  };

  // What moves by itself or would; `allowed` is a property that may change softly.
  const moving = (allowed) =>
    all("*").flatMap((element) =>
      [null, "::before", "::after"]
        .map((part) => getComputedStyle(element, part))
        .filter(
          (style) =>
            style.visibility !== "hidden" &&
            (style.animationName !== "none" ||
            (style.transitionProperty !== allowed &&
              style.transitionDuration.split(", ").some((duration) => duration !== "0s")) ||
            style.scrollBehavior !== "auto"),
        )
        .map(() => describe(element)),
    );

  // Where the first line of an element's words stands: its baseline, and its ends.
  const firstLine = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && !walker.currentNode.data.trim());
    const mark = document.createElement("span");
    mark.style.display = "inline-block";
    walker.currentNode.before(mark);
    const { bottom } = mark.getBoundingClientRect();
    mark.remove();
    const { left, right } = element.getBoundingClientRect();
    return { baseline: bottom, left, right };
  };

  // How many characters stand on each full line of the running text.
  const lineLengths = () =>
    all(".prose > p").flatMap((paragraph) => {
      const lengths = new Map();
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (walker.nextNode())
        if (!walker.currentNode.parentElement.closest("sup"))
          for (let at = 0; at < walker.currentNode.length; at++) {
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            lengths.set(line, (lengths.get(line) ?? 0) + 1);
          }
      return [...lengths.values()].slice(0, -1);
    });

  return {
    describe: (selector) => all(selector).filter(shown).map(describe),
    faultyRings,
    firstLine,
    focusAgain,
    focusOrder,
    frame,
    interactive: () => interactive().map(describe),
    lineLengths,
    moving,
    readToTheEnd,
    recordFocus,
    smallTargets,
    spaceText,
    unreadable,
    until,
    wider,
  };
})();
