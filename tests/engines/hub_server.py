"""A hub of one's own: the part of the Hugging Face protocol that a pull speaks, on the loopback address."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_API = re.compile(r"/api/models/(?P<repo>[^/]+/[^/]+)(?:/(?P<what>revision|tree)/(?P<revision>[^/]+))?")
_FILE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<name>.+)")


class Hub:
    """`repos`: folder by repository. `cut`: a file whose transfer breaks off half-way, each time.
    `lie`: a file whose published sha256 is wrong. `asked`: paths of all requests."""

    def __init__(self) -> None:
        self.repos: dict[str, Path] = {}
        self.cut: str | None = None
        self.lie: str | None = None
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": self}))
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def sha(self, repo: str) -> str:
        """Changes with the content of the repository, as a commit does."""
        digest = hashlib.sha1(repo.encode())
        for file in sorted(self.repos[repo].iterdir()):
            digest.update(file.name.encode() + file.read_bytes())
        return digest.hexdigest()

    def listing(self, repo: str) -> dict[str, object]:
        siblings = []
        for file in sorted(self.repos[repo].iterdir()):
            entry: dict[str, object] = {"rfilename": file.name, "size": file.stat().st_size}
            if file.suffix in (".safetensors", ".bin"):
                published = "0" * 64 if self.lie == file.name else hashlib.sha256(file.read_bytes()).hexdigest()
                entry["lfs"] = {"sha256": published, "size": file.stat().st_size, "pointerSize": 134}
            siblings.append(entry)
        return {"id": repo, "modelId": repo, "sha": self.sha(repo), "private": False, "siblings": siblings}

    def tree(self, repo: str) -> list[dict[str, object]]:
        return [
            {"type": "file", "path": file.name, "size": file.stat().st_size, "oid": _etag(file)}
            for file in sorted(self.repos[repo].iterdir())
        ]


def _etag(file: Path) -> str:
    return hashlib.sha1(file.read_bytes()).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.0"  # a connection a request, so that a stopped hub is silent at once

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.asked.append(path)
        if match := _API.fullmatch(path):
            if match["repo"] not in self.hub.repos:
                return self._refuse("RepoNotFound")
            tree = match["what"] == "tree"
            return self._answer(self.hub.tree(match["repo"]) if tree else self.hub.listing(match["repo"]))
        match = _FILE.fullmatch(path)
        if not match or match["repo"] not in self.hub.repos:
            return self._refuse("RepoNotFound")
        file = self.hub.repos[match["repo"]] / match["name"]
        if not file.is_file():
            return self._refuse("EntryNotFound")
        self._send(file.read_bytes(), {"ETag": f'"{_etag(file)}"', "X-Repo-Commit": match["revision"]}, file.name)

    def _refuse(self, code: str) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, value: object) -> None:
        self._send(json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, body: bytes, headers: dict[str, str], name: str = "") -> None:
        start = 0
        if wanted := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
            start = int(wanted[1])
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        self.send_response(206 if wanted else 200)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        if self.command == "HEAD":
            return
        if name and name == self.hub.cut:  # nothing comes after the first half, however often it is asked for
            self.wfile.write(body[start : len(body) // 2])
            self.wfile.flush()
            return
        self.wfile.write(body[start:])
