"""What Pelican lacks, one capability a module: plain functions and `register()`.

Plugins don't import one another; they meet in Pelican's signals and in the attributes that
each names in its docstring.
"""
