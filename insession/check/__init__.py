"""What a careful colleague would say before an article is published.

Each rule is one function with the source of the rule in its docstring. It takes what was read and
yields `Remark`; it never stops a build (what must stop one is a Problem, found by the plugins).
"""
