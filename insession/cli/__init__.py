"""The commands as they are typed: the door, its arguments, and a few lines for each."""
