"""Publishing: check, build, verify, send, fetch back, and a way back.

`command.py` does the steps in their order. Where the site goes is a *target*: a module with a few
plain functions that all take the setting from publishconf.py (`target_config.py`):

    check(setting)          refuse what can't be right, without asking anybody
    try_out(setting)        see whether it could be done
    prepare(setting, site)  add to the built site what this kind of host reads beside the pages
    held(setting)           what is published now: each file with its digest
    read(setting, name)     what is in one of these files
    send(setting, folder)   publish what is in the folder: all of it in one step, or nothing
    undo(setting)           bring back what was published before
    last_two(setting)       the folders of what is published and of that, while they are looked at
                            (none of a server, which makes the pages anew with today's comments)

Each raises Problems, with the published site as it was; only where files can be sent but one by
one (`targets/s3.py`), `send` may stop between pages, each of them whole. A target also says what it
is (`TITLE`) and what has to stand in the setting (`KEYS`).

What browsers are told is read off the built pages (`web_servers/headers.py`) and written down in
the language of each host (`web_servers/caddy.py`, `web_servers/nginx.py`,
`web_servers/netlify.py`).
"""
