"""Brings an earlier blog along: the export of WordPress becomes Markdown files in content/.

The way of a text: export.py reads the file, texts.py decides which texts come and what they are
called; source.py and shortcodes.py make whole HTML of what WordPress stores; elements.py, shapes.py
and references.py (with links.py and media.py) turn that into what this site publishes; markdown.py
and header.py write it down. addresses.py and terms.py keep old addresses, notes.py and report.py
what she is to know. wordpress.py does one after the other, writing.py writes when all is ready,
command.py answers what she types.
"""
