"""What differs when the site is published. Nothing does yet: her address is in practice.toml."""

from pelicanconf import *  # noqa: F403
