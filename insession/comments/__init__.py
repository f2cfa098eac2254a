"""The comments service: readers write, the therapist decides, the build shows what she published.

One process, one SQLite file. It refuses whatever isn't listed, keeps comments as plain text, and
answers nothing about a comment that she hasn't published.
"""


class Refusal(Exception):
    """Why something isn't done, as one sentence for the person who asked for it."""
