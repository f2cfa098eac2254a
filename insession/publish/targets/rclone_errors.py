"""What rclone and a storage complain about, in her words and with what to do.

The names of errors are those of S3:
https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""

import re

# Each: what stands in the complaint, what it means, what to do. The first that fits counts.
# {name} is rclone's name for the storage, {bucket} the bucket, {rclone} how to start rclone.
COMPLAINTS = (
    (
        r"didn't find section in config file",
        "rclone doesn't know a storage called “{name}” yet.",
        "Type: {rclone} config\n"
        "    Then: n (a new one), the name {name}, and s3 as its kind; it asks for your host, and"
        " for\n    the two keys that your host gave you. They stay in rclone's own file.",
    ),
    (
        r"[Uu]nable to decrypt configuration|config(uration)? file encrypted",
        "rclone's own file is locked with a password.",
        "Put the password into the environment variable RCLONE_CONFIG_PASS, and try again.",
    ),
    (
        r"NoSuchBucket|directory not found|bucket does not exist",
        "there is no bucket called “{bucket}”.",
        "Make it on the page of your host, or check how it is written.",
    ),
    (
        r"SignatureDoesNotMatch|InvalidAccessKeyId|InvalidToken|ExpiredToken|StatusCode: 401"
        r"|[Nn]o valid credential|[Ff]ailed to (retrieve|refresh) (cached )?credentials",
        "the storage doesn't accept your keys.",
        "Compare them with those on the page of your host, and write them anew: {rclone} config\n"
        "    Then: e (edit), and {name}.",
    ),
    (
        r"RequestTimeTooSkewed",
        "the clock of this computer is wrong, and so the storage doesn't let you in.",
        "Set the clock, and try again.",
    ),
    (
        r"PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint"
        r"|BucketRegionError|StatusCode: 301",
        "the bucket “{bucket}” is in another region than rclone believes.",
        "Look on the page of your host where it is, and say so: {rclone} config\n"
        "    Then: e (edit), and {name}.",
    ),
    (
        r"AccessDenied|AllAccessDisabled|StatusCode: 403",
        "your keys are not allowed to do that in the bucket “{bucket}”.",
        "On the page of your host, allow them to list, read, write and delete in it.",
    ),
    (
        r"no space left on device|not enough space|[Dd]isk quota exceeded",
        "the disk of this computer is full.",
        "Make room on it, and publish again.",
    ),
    (
        r"QuotaExceeded|StorageFull|InsufficientStorage|StatusCode: 507",
        "the storage is full.",
        "Make room in it or ask your host for more, and publish again.",
    ),
    (
        r"x509:|certificate",
        "the storage can't show that it is the one it says it is.",
        "Check its address with: {rclone} config\n"
        "    If it is right, send nothing, and ask your host.",
    ),
    (
        r"SlowDown|StatusCode: (429|5\d\d)|InternalError|ServiceUnavailable",
        "the storage has trouble at the moment.",
        "Publish again in a few minutes.",
    ),
    (
        r"no such host|connection refused|connection reset|broken pipe|unreachable|i/o timeout"
        r"|[Tt]imeout|deadline exceeded|EOF|request send failed",
        "the storage doesn't answer, or the connection broke off.",
        "See that you are online, and publish again.",
    ),
)
NOISE = re.compile(r"^\d{4}/\d\d/\d\d [\d:]+ *[A-Z]* *: *")
# Anything that might be a key, a signature or an address that holds one.
SECRET = re.compile(
    r"\w+://\S+|\S*(?:[Kk]ey|[Ss]ecret|[Tt]oken|[Pp]assword)\S*[=:]\s*\S+|[\w+/=-]{16,}"
)


def in_words(complaint: str, remote: str, rclone: str) -> tuple[str, str]:
    """Return what is wrong and what to do; nothing that could be secret is repeated.

    `remote` is what stands in the setting, `rclone` how she starts that program.
    """
    name, _, folder = remote.partition(":")
    known = {"name": name, "bucket": folder.partition("/")[0], "rclone": rclone}
    for pattern, what, how in COMPLAINTS:
        if re.search(pattern, complaint):
            return what.format(**known), how.format(**known)
    last = next(reversed([row for row in complaint.splitlines() if row.strip()]), "it says nothing")
    what = f"the storage can't take the blog: {SECRET.sub('…', NOISE.sub('', last)).strip()}"
    return what, f"Type “{rclone} lsd {name}:” to see whether rclone reaches it at all."
