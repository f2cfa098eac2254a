"""Every command of In Session: `python3 tasks.py` lists them, `python3 tasks.py preview` runs one.

A bare Python is enough to start with: `insession.cli.main` makes `.venv`, installs what is pinned
in the requirement files and starts this file again in there. In an activated `.venv` the same
commands are `invoke preview` and so on.
"""

import os
import sys
from pathlib import Path

# An older Python has to be able to read this file as far as this sentence: so there is nothing
# here that Python 3.6 doesn't know, and nothing of ours is imported before it.
# Every requirement has a wheel for each Python from the oldest to the newest named here.
OLDEST, NEWEST = (3, 11), (3, 15)
if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.exit(
        "In Session needs Python {0}.{1} to {2}.{3}; this is {4}.{5}.{6}. Get {2}.{3} from "
        "python.org and start again with it: python{2}.{3} tasks.py (on Windows: py -{2}.{3} "
        "tasks.py)".format(*(OLDEST + NEWEST + sys.version_info[:3]))
    )

if __name__ == "__main__":
    from insession.cli.main import main

    sys.exit(main(sys.argv[1:]))
else:
    from insession.cli.commands import collect

    namespace = collect()  # what invoke asks for, which `.venv` has
    os.chdir(Path(__file__).resolve().parent)  # wherever the command was typed
