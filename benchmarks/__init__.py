"""Measurements beside other programs that do the same work, apart from the tests."""
