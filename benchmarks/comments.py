"""Many readers at once: 16 clients × 1,000 comments, ours and Isso 0.14, on this machine only.

    python benchmarks/comments.py [posts of each client]

Each service runs under waitress in a process of its own with an empty SQLite file; its limits per
address are off. Every answer is checked: that it came, and that it was meant for the client that
got it. Isso is installed into .venv on the first run; where it can't be, that is said.
"""

import hashlib
import http.client
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 16
THREADS = [f"article-{number}" for number in range(20)]
ORIGIN = "https://blog.example.org"
ISSO = "isso==0.14.0"
ISSO_PLACE = Path(sys.prefix) / "isso-0.14"
OURS = """
import dataclasses, os
from insession.comments import config, server
settings = config.from_environment(os.environ)
settings = dataclasses.replace(settings, limits=config.Limits((), (), None))
server.serve(settings, port=0)
"""
# The same server with as many threads as ours. It looks for the blog itself at its start, so the
# blog is said to be at a port of this machine where nothing is.
ISSOS = """
import os
from pathlib import Path
from isso import config, make_app
from waitress.server import create_server
file = Path(os.environ["FOLDER"], "isso.cfg")
file.write_text(f"[general]\\ndbpath = {file.parent}/isso.db\\nhost = http://127.0.0.1:9/\\n"
    "[guard]\\nenabled = false\\n[moderation]\\nenabled = true\\n")
app = make_app(config.load(config.default_file(), str(file)), threading=True)
server = create_server(app, host="127.0.0.1", port=0, threads=4)
print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
server.run()
"""
Ask = Callable[[http.client.HTTPConnection, int, int], str]  # what is wrong with the answer


def main() -> int:
    """Measure both and print a table; 1 if any answer of ours was wrong."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{CLIENTS} clients × {posts} posts, {os.cpu_count()} cores, Python", end=" ")
    print(platform.python_version(), end="\n\n")
    print("service      posts/s   p50 ms   p99 ms   errors")
    with tempfile.TemporaryDirectory() as folder:
        wrong = measure_ours(Path(folder), posts)
    with tempfile.TemporaryDirectory() as folder:
        measure_isso(Path(folder), posts)
    return 1 if wrong else 0


def measure_ours(folder: Path, posts: int) -> list[str]:
    """Measure our service; return what went wrong."""
    write_site(folder / "output" / ".insession")
    environ = {
        "INSESSION_SITE_URL": ORIGIN,
        "INSESSION_SECRET": "only-for-a-benchmark-0123456789-abcdefghijkl",
        "INSESSION_COMMENTS_FOLDER": str(folder / "comments"),
        "INSESSION_SITE_FOLDER": str(folder / "output"),
        "INSESSION_TRUSTED_PROXY": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }
    tokens: dict[str, str] = {}

    def ask(connection: http.client.HTTPConnection, client: int, number: int) -> str:
        body = words(client, number)
        fields = {"thread": THREADS[number % len(THREADS)], "parent": "", "name": "Ada"}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Origin": ORIGIN,
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": f"10.0.{client}.{number % 250}",
        }
        form = urlencode(fields | {"comment": body, "website": ""})
        connection.request("POST", "/comments/new", form, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 201:
            return f"status {answer.status}"
        tokens[json.loads(text)["withdraw"].partition("?t=")[2]] = body
        return ""

    wrong = run("In Session", [sys.executable, "-c", OURS], environ, ask, posts)
    # A token that opens another's comment, or a comment that isn't there, was a wrong answer.
    with closing(sqlite3.connect(folder / "comments" / "comments.sqlite3")) as connection:
        stored = dict(connection.execute("SELECT withdraw, body FROM comment"))
        mails = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    opened = {token: stored.get(hashlib.sha256(token.encode()).hexdigest()) for token in tokens}
    foreign = sum(opened[token] != body for token, body in tokens.items())
    print(f"  stored {len(stored)}, mails {mails}, answers meant for another or lost: {foreign}")
    return wrong + ["an answer was meant for another"] * foreign


def measure_isso(folder: Path, posts: int) -> None:
    """Measure Isso, if it can be installed."""
    python = ISSO_PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if why := install_isso(python):
        print(f"Isso 0.14    not measured: {why}")
        return

    def ask(connection: http.client.HTTPConnection, client: int, number: int) -> str:
        body = words(client, number)
        page = THREADS[number % len(THREADS)]
        text = json.dumps({"text": body, "author": "Ada", "title": page})
        headers = {"Content-Type": "application/json", "X-Forwarded-For": "10.0.0.1"}
        connection.request("POST", f"/new?uri=/{page}/", text, headers)
        answer = connection.getresponse()
        raw = answer.read().decode()
        if answer.status not in (201, 202):
            return f"status {answer.status}"
        return "" if body in json.loads(raw)["text"] else "meant for another"

    run("Isso 0.14", [str(python), "-c", ISSOS], {"FOLDER": str(folder)}, ask, posts)


def install_isso(python: Path) -> str:
    """Install Isso into a place of its own; return why that isn't possible."""
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", ISSO_PLACE], check=True)
        command = [str(python), "-m", "pip", "install", "--quiet", ISSO, "waitress==3.0.2"]
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        return said[-1] if said else "it can't be installed"
    return ""


def run(name: str, command: list[str], environ: dict[str, str], ask: Ask, posts: int) -> list[str]:
    """Start a service, let all clients post at once, print one line; return what went wrong."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=os.environ | environ, stdout=log, stderr=log)
        try:
            port = wait_for(process, log)
            times, wrong, seconds = post_all(port, ask, posts)
        finally:
            process.kill()
            process.wait()
    times.sort()
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    rate = len(times) / seconds
    print(f"{name:11} {rate:8.0f} {p50:8.1f} {p99:8.1f} {len(wrong):8}", flush=True)
    for what in sorted(set(wrong)):
        print(f"  {wrong.count(what)} × {what}")
    return wrong


def post_all(port: int, ask: Ask, posts: int) -> tuple[list[float], list[str], float]:
    """Return the time of every post, what went wrong, and how long it all took."""
    times: list[float] = []
    wrong: list[str] = []
    together = threading.Barrier(CLIENTS + 1)

    def client(who: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.connect()
            together.wait()
            for number in range(posts):
                begun = time.perf_counter()
                try:
                    fault = ask(connection, who, number)
                except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
                    fault = type(error).__name__
                    connection.close()
                times.append(time.perf_counter() - begun)
                if fault:
                    wrong.append(fault)

    clients = [threading.Thread(target=client, args=(who,)) for who in range(CLIENTS)]
    for each in clients:
        each.start()
    together.wait()
    begun = time.perf_counter()
    for each in clients:
        each.join()
    return times, wrong, time.perf_counter() - begun


def wait_for(process: subprocess.Popen[bytes], log: IO[bytes]) -> int:
    """Return the port as soon as the service has said it."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        said = os.pread(log.fileno(), 65_536, 0)
        if found := re.search(rb"http://127\.0\.0\.1:([1-9]\d{2,4})/(?:comments/)?\s", said):
            return int(found[1])
        time.sleep(0.1)
    sys.exit(f"The service did not start:\n{os.pread(log.fileno(), 65_536, 0).decode()}")


def words(client: int, number: int) -> str:
    """Return a comment that no one else writes."""
    return f"Client {client} says this for the {number}th time." + " Some more words." * 12


def write_site(folder: Path) -> None:
    """Write what a build writes for the service."""
    folder.mkdir(parents=True)
    threads = {id_: {"title": id_, "url": f"/{id_}/", "comments": "open"} for id_ in THREADS}
    about = {"version": 1, "base": "", "site": "Blog", "author": "Hannah", "threads": threads}
    (folder / "threads.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "frame.html").write_text("<!doctype html><!--title--><!--main-->", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
