// What the pages have in common: the articles, the newest first, and those of each topic or tag.
import { getCollection } from "astro:content";

export const day = (post) => new Date(post.data.date).toISOString().slice(0, 10);
export const slugify = (name) => name.toLowerCase().replaceAll(" ", "-");

export async function newest() {
  const posts = await getCollection("posts");
  return posts.sort((a, b) => new Date(b.data.date) - new Date(a.data.date));
}

export async function grouped(namesOf) {
  const groups = new Map();
  for (const post of await newest()) {
    for (const name of namesOf(post)) {
      groups.set(name, groups.get(name) ?? []);
      groups.get(name).push(post);
    }
  }
  return [...groups];
}
