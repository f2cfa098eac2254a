// The same work as our blog does: topics, tags, lists of twelve, neighbours, a feed.
export default {
  site: "https://blog.example.org",
  cacheDir: "./.kept",
  vite: { cacheDir: "./.vite" },
};
