// The same work as our blog does: links between Markdown files, topics, tags, lists of twelve, a feed.
import { readFileSync } from "node:fs";

export default async function (config) {
  const { library } = JSON.parse(readFileSync("eleventy.json", "utf-8"));
  const { InputPathToUrlTransformPlugin } = await import(library);
  config.addPlugin(InputPathToUrlTransformPlugin);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("newest", newest);
  config.addCollection("latest", (all) => newest(all).slice(0, 20));
  config.addCollection("neighbours", neighbours);
  config.addCollection("topics", (all) => grouped(all, (post) => [post.data.topic]));
  config.addCollection("byTag", (all) =>
    grouped(all, (post) => post.data.tags.filter((tag) => tag !== "posts")));
}

function newest(all) {
  return all.getFilteredByTag("posts").reverse();
}

// The articles before and after each, by its address.
function neighbours(all) {
  const posts = newest(all);
  const pairs = posts.map((post, at) => [post.url, { newer: posts[at - 1], older: posts[at + 1] }]);
  return Object.fromEntries(pairs);
}

// One entry for each page of twelve, as Eleventy paginates one list only.
function grouped(all, namesOf) {
  const groups = new Map();
  for (const post of newest(all)) {
    for (const name of namesOf(post)) {
      groups.set(name, groups.get(name) ?? []);
      groups.get(name).push(post);
    }
  }
  return [...groups].flatMap(([name, posts]) =>
    Array.from({ length: Math.ceil(posts.length / 12) }, (_, page) => ({
      name, page, posts: posts.slice(page * 12, page * 12 + 12),
    })));
}
