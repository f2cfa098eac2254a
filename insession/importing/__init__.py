"""Brings an earlier blog along: the export of WordPress becomes Markdown files in content/.

export.py reads the file; texts.py decides which texts come and what they are called; source.py
and shortcodes.py make whole HTML of what WordPress stores, elements.py, links.py and media.py
turn that into what this site publishes, markdown.py writes it down; wordpress.py does one after
the other, and writes nothing before everything is ready.
"""
