"""The rules: each reads a text, a page or the whole site and yields remarks."""
