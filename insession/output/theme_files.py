"""The theme's fonts, scripts and icons, each published under a name that its bytes decide.

So a browser may keep them for good, and a page never gets a file of another release.
Setting: THEME_FILES, files and folders in the theme.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def theme_files(settings: Mapping[str, Any]) -> dict[str, Path]:
    """Return each file by its own name, such as “buttons.js”. Raises OSError."""
    found: dict[str, Path] = {}
    for name in settings["THEME_FILES"]:
        path = Path(settings["THEME"], name)
        paths = sorted(path.iterdir()) if path.is_dir() else [path]
        found |= {path.name: path for path in paths}
    return found


def published_as(path: Path) -> str:
    """Return the path in the site, such as “theme/share.0a1b2c3d4e.js”. Raises OSError."""
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    return f"theme/{path.stem}.{fingerprint}{path.suffix}"
