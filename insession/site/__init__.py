"""The engine: reads the texts, arranges them, and makes the site or one page of it."""
