"""Sends the built site, and sees that it has arrived: after this, readers see another blog.

From the first of them on it is never said that nothing was published, unless that was looked up.
"""

from insession.common.problems import Problem, Problems
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import Digests, compare, in_words
from insession.publish.prompts import step
from insession.publish.registry import target_of
from insession.publish.run_guard import Unsure, after_sending, finding_out
from insession.publish.target_config import Setting
from insession.publish.withdrawn_comments import comments_of_then

PARTLY = (
    "A part of it has arrived: readers see old and new pages, each of them whole.\n"
    "Publish again, and the rest follows."
)


def send(setting: Setting, site: SiteBuild, before: Digests, built: Digests) -> None:
    """Send the site, and bring back what was there if it hasn't arrived as it was built.

    Raises Problems if the blog is as it was, else Unsure.
    """
    step("Sending")
    try:
        with finding_out(setting.root):
            target_of(setting).send(setting, site.folder)
    except Problems as found:
        if compare(built, there := _arrived(setting)):
            if compare(before, there):
                raise Unsure(found.problems, PARTLY) from None
            raise
        # only the answer was lost on the way
    with after_sending(setting.root):
        print("done.")
        _fetch_back(setting, site, before, built)


def _fetch_back(setting: Setting, site: SiteBuild, before: Digests, built: Digests) -> None:
    """See what has arrived; what was there before comes back only with the comments of now."""
    step("Fetching it back")
    different = compare(built, _arrived(setting))
    if not different:
        print("every file has arrived as it was built.")
        return
    what = f"what has arrived is not what was sent: {in_words(different)}."
    how = "Publish again; if that doesn't help, ask the host's support."
    if before and (returning := comments_of_then(setting, site.folder)):
        rows = "".join(f"\n      {line}" for line in returning)
        what += " What was published before isn't brought back: it shows comments that may have "
        what += f"been withdrawn or deleted since:{rows}"
        how = "Publish again at once: python3 tasks.py publish\n    If that doesn't help, ask the "
        how += "host's support."
    elif before:
        target_of(setting).undo(setting)
        what += " So what was published before has been brought back."
    raise Unsure([Problem("Fetched back", 0, what, how)])


def bring_back(setting: Setting, before: Digests) -> Digests:
    """Bring back what was published before this; return what is published then.

    Raises Problems if the blog is as it was, else Unsure.
    """
    step("Bringing back what was there before")
    try:
        with finding_out(setting.root):
            target_of(setting).undo(setting)
    except Problems as found:
        if compare(before, _arrived(setting)):
            raise Unsure(found.problems) from None
        raise
    with after_sending(setting.root):
        print("done.")
    return _arrived(setting)


def _arrived(setting: Setting) -> Digests:
    """Return what is published, now that something was sent. Raises Unsure."""
    with after_sending(setting.root):
        return target_of(setting).held(setting)
