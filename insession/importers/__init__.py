"""Brings an earlier blog along: the export of WordPress becomes Markdown files in content/.

The way of a text: wxr.py reads the file, posts.py decides which texts come and what they are
called; raw_html.py and shortcodes.py make whole HTML of what WordPress stores; adapt_html.py,
normalize_html.py and rewrite_links.py (with old_urls.py and media.py) turn that into what this site
publishes; to_markdown.py and front_matter_out.py write it down. redirect_map.py and taxonomies.py
keep old addresses, todo_notes.py and report.py what she is to know. decode.py and heal_xml.py mend
what is damaged in a file. markdown_blog.py (with markdown_html.py and permalinks.py) and ghost.py
read other blogs into the same Export, which then goes the same way. wordpress.py does one after the
other, writer.py writes when all is ready, command.py answers what she types.

A document of a word processor goes a shorter way: document_command.py has it.
"""
