"""Data of the rules: wordings, names and numbers, with their sources."""
