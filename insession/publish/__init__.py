"""Publishing: check, build, verify, send, fetch back, and a way back.

`command.py` does the steps in their order. Where the site goes is a *target*: a module with a few
plain functions that all take the setting from publishconf.py (`setting.py`):

    held(setting)         what is published now: each file with its digest
    send(setting, site)   publish the folder `site`: all of it in one step, or nothing
    undo(setting)         bring back what was published before
    try_out(setting)      see whether it could be done

Each raises Problems, with the published site as it was. A target also says what it is (`TITLE`)
and what has to stand in the setting (`KEYS`).
"""
