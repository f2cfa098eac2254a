"""Links to other websites: which there are, and whether they still work."""
