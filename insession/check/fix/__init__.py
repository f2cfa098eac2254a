"""Corrections that are certain: `check --fix`."""
