"""What differs when the site is published. Her address is in practice.toml."""

from pelicanconf import *  # noqa: F403

COMMENTS = "off"  # "on" once the comments service runs: docs/server.md
