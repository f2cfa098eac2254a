// Proposes the addresses that are nearest to the one that isn't here; the other ways on stand without.
const nearest = document.getElementById("nearest");
const { root, addresses } = nearest.dataset;

const pairs = (text) => {
  const signs = [...text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()];
  return new Set(signs.slice(1).map((sign, place) => signs[place] + sign));
};

// How much two sets share, from 0 to 1 (Dice's coefficient).
const likeness = (one, other) =>
  (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size || 1);

const propose = ({ default: known }) => {
  let path = location.pathname.slice(root.length);
  try {
    path = decodeURIComponent(path);
  } catch {
    // An address that was cut short: as it is.
  }
  const asked = pairs(path);
  const found = known
    .map(([address, title]) => [likeness(asked, pairs(address)), address, title])
    .filter(([like]) => like > 0.4)
    .sort((one, other) => other[0] - one[0])
    .slice(0, 3);
  for (const [, address, title] of found) {
    const link = document.createElement("a");
    link.href = `${root}/${address}`;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    nearest.querySelector("ul").append(item);
  }
  nearest.hidden = !found.length;
};

import(addresses).then(propose, () => {});
