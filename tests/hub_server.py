"""A hub on this machine: the calls that huggingface_hub makes, answered as the real one does.

``GET /api/models/OWNER/NAME[/revision/REV]`` names commit and files. ``HEAD`` and ``GET
/OWNER/NAME/resolve/REV/FILE`` answer with ``X-Repo-Commit`` and an ``ETag``: small files directly
with Git's SHA-1, large ones by a redirect to storage with ``X-Linked-Etag`` (SHA-256) and
``X-Linked-Size``. Storage knows ranges. On demand the hub breaks off, sends wrong bytes, or lists
names that it should not.

``GET /api/models/OWNER/NAME/tree/REV`` is there for the library's own downloads of whole snapshots.
"""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from pathlib import Path

LARGE = 20_000
"""Bytes from which a file is in storage."""


@dataclass
class Repository:
    """What the hub has of one model."""

    files: dict[str, bytes]
    licence: str = ""
    names: list[str] | None = None
    revisions: dict[str, str] = field(default_factory=dict)

    @property
    def commit(self) -> str:
        text = "".join(f"{n}{hashlib.sha256(d).hexdigest()}" for n, d in self.files.items())
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


class Hub:
    """The server and what went on with it."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.log: list[str] = []
        self.trusted: set[str] = set()  # what was asked for with a token
        self.break_at: dict[str, list[int]] = {}
        self.stall_at: dict[str, int] = {}
        self.go_on = threading.Event()
        self.corrupt: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("H", (_Handler,), {"hub": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def add(self, repo: str, folder: Path, licence: str = "") -> Repository:
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        self.repositories[repo] = Repository(files, licence)
        return self.repositories[repo]

    def sent(self, what: str) -> list[str]:
        return [line for line in self.log if what in line]

    def close(self) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing on standard error."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = unquote(self.path.partition("?")[0])
        wanted = self.headers.get("Range", "")
        self.hub.log.append(f"{self.command} {path} {wanted}".strip())
        if "Authorization" in self.headers:
            self.hub.trusted.add(path)
        if path.startswith("/storage/"):
            _, _, repo, name = path.split("/", 3)
            repository = self.hub.repositories[repo.replace("--", "/")]
            self._send(name, repository.files[name], {})
            return
        api = path.startswith("/api/models/")
        parts = path.removeprefix("/api/models/").strip("/").split("/")
        repo, rest = "/".join(parts[:2]), parts[2:]
        found = self.hub.repositories.get(repo)
        if found is None:
            self._refuse("RepoNotFound")
        elif rest and rest[1] not in {"main", found.commit, *found.revisions}:
            self._refuse("RevisionNotFound")
        elif api and rest and rest[0] == "tree":
            self._tree(found)
        elif api:
            self._info(repo, found)
        elif rest[0] == "resolve":
            self._resolve(repo, found, "/".join(rest[2:]))
        else:
            self._refuse("EntryNotFound")

    def _info(self, repo: str, found: Repository) -> None:
        names = found.names or list(found.files)
        info = {
            "id": repo,
            "sha": found.commit,
            "siblings": [{"rfilename": name} for name in names],
            "cardData": {"license": found.licence} if found.licence else {},
        }
        self._body(json.dumps(info).encode(), {"Content-Type": "application/json"})

    def _tree(self, found: Repository) -> None:
        rows = []
        for name, data in found.files.items():
            row: dict[str, object] = {"type": "file", "path": name, "size": len(data)}
            row["oid"] = hashlib.sha1(data, usedforsecurity=False).hexdigest()
            if len(data) >= LARGE:
                digest = hashlib.sha256(data).hexdigest()
                row["lfs"] = {"oid": digest, "size": len(data), "pointerSize": 130}
            rows.append(row)
        self._body(json.dumps(rows).encode(), {"Content-Type": "application/json"})

    def _resolve(self, repo: str, found: Repository, name: str) -> None:
        if name not in found.files:
            self._refuse("EntryNotFound")
            return
        data = found.files[name]
        if len(data) < LARGE:
            blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
            headers = {"X-Repo-Commit": found.commit, "ETag": f'"{blob.hexdigest()}"'}
            self._send(name, data, headers)
            return
        self.send_response(302)
        # another host, as in truth: the library goes on with the headers of this answer
        storage = self.hub.url.replace("127.0.0.1", "localhost") + "/storage"
        self.send_header("Location", f"{storage}/{repo.replace('/', '--')}/{name}")
        self.send_header("X-Repo-Commit", found.commit)
        self.send_header("X-Linked-Etag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Linked-Size", str(len(data)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, name: str, data: bytes, headers: dict[str, str]) -> None:
        if name in self.hub.corrupt:
            data = bytes([data[0] ^ 1]) + data[1:]
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").partition("-")[0]) if wanted else 0
        self.send_response(206 if wanted else 200)
        for key, value in headers.items():
            self.send_header(key, value)
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        if self.command == "HEAD":
            return
        breaks = self.hub.break_at.get(name)
        if breaks:
            self.wfile.write(data[start : breaks.pop(0)])
            self.close_connection = True
            return
        stall = self.hub.stall_at.get(name, start)
        with suppress(ConnectionError):  # somebody has gone away in the meantime
            self.wfile.write(data[start:stall])
            if stall > start:
                self.wfile.flush()
                self.hub.go_on.wait(20)
            self.wfile.write(data[stall:])

    def _body(self, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _refuse(self, code: str) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", code)
        self.send_header("X-Error-Message", code)
        self.send_header("Content-Length", "0")
        self.end_headers()
