import { newest } from "../posts.js";

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export async function GET() {
  const items = (await newest()).slice(0, 20).map((post) => `<item>
    <title>${escaped(post.data.title)}</title><link>https://blog.example.org/posts/${post.id}/</link>
    <description>${escaped(post.rendered.html)}</description>
  </item>`);
  return new Response(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
  <title>The Other Chair</title><link>https://blog.example.org/</link><description>Plain words.</description>
  ${items.join("")}
</channel></rss>`);
}
