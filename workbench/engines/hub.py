"""Fetching a model from a Hugging Face hub, only when a person asks for it by name."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.engines import cache
from workbench.errors import InputError, MissingModel

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]  # (file, bytes so far, bytes in all or 0 where unknown)

NEEDED = ("config.json", "source.spm", "target.spm", "vocab.json")
WANTED = ("generation_config.json", "tokenizer_config.json", "card.toml", "README.md", "LICENSE")
WEIGHTS = ("model.safetensors", "pytorch_model.bin")  # the first that is there
RECORD = "origin.toml"  # ours, written last: repository, revision, sha256 of every file
HUB = "https://huggingface.co"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def fetch(repo: str, folder: Path, endpoint: str | None = None, progress: Progress | None = None) -> None:
    """Bring a MarianMT repository into `folder`, whole or not at all.

    The files come into a folder beside, which is renamed when all are there; after a cut
    transfer the next call goes on with what is missing. A folder that holds the newest
    revision stays as it is, and so does one whose hub cannot be asked (with a warning).
    `endpoint` None: $HF_ENDPOINT, else huggingface.co. Raises MissingModel (no such model,
    no answer, a damaged file), InputError (not a Marian model, no space).
    """
    if not _NAME.fullmatch(repo):
        raise InputError(f"'{repo}' is not a model name: it reads owner/name, as Helsinki-NLP/opus-mt-en-fr")
    hub = _hub()
    # huggingface_hub reads the variable when it is imported, which may be too early.
    endpoint = (endpoint or os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")
    beside = folder.with_name(f".part-{folder.name}")
    try:
        with _mended(repo, endpoint, beside), _locked(beside):
            info = hub.HfApi(endpoint=endpoint).model_info(repo, files_metadata=True, timeout=10)
            if revision(folder) == info.sha:
                return
            files = _chosen(repo, info)
            for name in files:
                hub.hf_hub_download(
                    repo, name, revision=info.sha, local_dir=beside, endpoint=endpoint, tqdm_class=_bar(name, progress)
                )
            _finish(repo, info, files, beside, folder)
    except _Silent as error:
        if revision(folder) is None:
            raise MissingModel(str(error)) from error
        log.warning("%s; the copy in %s is used", error, folder)


def revision(folder: Path) -> str | None:
    """The commit that a folder was fetched at; None for one that is not whole or not ours."""
    try:
        found = re.search(r'^revision = "(\w+)"$', (folder / RECORD).read_text(encoding="utf-8"), re.MULTILINE)
    except FileNotFoundError:
        return None
    return found[1] if found else None


class _Silent(Exception):
    """The hub does not answer."""


def _hub() -> Any:
    try:
        import huggingface_hub
    except ImportError as error:
        raise InputError("pulling models needs huggingface_hub: pip install huggingface_hub") from error
    return huggingface_hub


def _chosen(repo: str, info: ModelInfo) -> list[str]:
    """Small files first, so that a model of another kind is refused before its weights come."""
    there = {file.rfilename for file in info.siblings or []}
    weights = next((name for name in WEIGHTS if name in there), None)
    if weights is None or not there.issuperset(NEEDED):
        lacking = [name for name in NEEDED if name not in there] or ["model.safetensors"]
        raise InputError(f"{repo}: not a MarianMT model (no {', '.join(lacking)})")
    return [*NEEDED, *(name for name in WANTED if name in there), weights]


def _finish(repo: str, info: ModelInfo, files: list[str], beside: Path, folder: Path) -> None:
    """Check what came, write the record, and put the folder into its place."""
    kind = json.loads((beside / "config.json").read_text(encoding="utf-8")).get("model_type")
    if kind != "marian":
        raise InputError(f"{repo}: a model of type '{kind}', not 'marian'")
    published = {file.rfilename: file.lfs.sha256 for file in info.siblings or [] if file.lfs}
    lines = [f"name = {json.dumps(repo)}", f'revision = "{info.sha}"', "", "[sha256]"]
    for name in files:
        found = cache.sha256(beside / name)
        if published.get(name, found) != found:
            (beside / name).unlink()
            raise MissingModel(f"{repo}: {name} came damaged (its sha256 is not the published one); pull it again")
        lines.append(f'"{name}" = "{found}"')
    shutil.rmtree(beside / ".cache", ignore_errors=True)  # notes of huggingface_hub
    (beside / RECORD).write_text("\n".join(lines) + "\n", encoding="utf-8")
    old = folder.with_name(f".part-old-{folder.name}")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def _locked(beside: Path) -> Iterator[None]:
    """One process at a time in a folder."""
    from filelock import FileLock  # huggingface_hub brings it

    beside.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(beside.with_name(f"{beside.name}.lock")):
        yield


@contextlib.contextmanager
def _mended(repo: str, endpoint: str, beside: Path) -> Iterator[None]:
    """One line for a person in place of what the hub's library raises."""
    from huggingface_hub import errors

    transport = errors.HfHubHTTPError.__bases__[0]  # of the HTTP library, which changes with versions
    try:
        yield
    except errors.GatedRepoError as error:
        raise MissingModel(f"{repo}: its owners let only chosen accounts fetch it ({endpoint}/{repo})") from error
    except errors.RepositoryNotFoundError as error:
        raise MissingModel(f"{repo}: no such model at {endpoint} (or a private one)") from error
    except (errors.EntryNotFoundError, errors.RevisionNotFoundError) as error:
        if isinstance(error, errors.LocalEntryNotFoundError):
            raise _Silent(f"{repo}: {endpoint} stopped answering; pull it again, what came is kept") from error
        raise MissingModel(f"{repo}: {endpoint} lists a file that it does not have; pull it again") from error
    except errors.HFValidationError as error:
        raise InputError(f"'{repo}' is not a model name ({str(error).splitlines()[0]})") from error
    except errors.OfflineModeIsEnabled as error:
        raise _Silent(f"{repo}: HF_HUB_OFFLINE is set, nothing can be fetched") from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        if status == 404:
            raise MissingModel(f"{repo}: no such model at {endpoint}") from error
        raise _Silent(f"{repo}: {endpoint} answers with error {status}; try again later") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            shutil.rmtree(beside, ignore_errors=True)
            raise InputError(
                f"{beside.parent}: no space left for {repo}; WORKBENCH_CACHE names another folder"
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise InputError(f"{beside.parent}: cannot be written; WORKBENCH_CACHE names another folder") from error
        raise _Silent(f"{repo}: the transfer from {endpoint} broke off ({error}); pull it again") from error
    except transport as error:
        raise _Silent(f"{repo}: {endpoint} does not answer ({error or type(error).__name__})") from error
    except json.JSONDecodeError as error:
        raise MissingModel(f"{repo}: what {endpoint} sends is not a hub's answer") from error


def _bar(name: str, progress: Progress | None) -> type:
    """The progress bar that huggingface_hub asks for: silent, it tells `progress` instead."""
    from huggingface_hub.utils import tqdm

    class Bar(tqdm):
        def __init__(self, *args: Any, **options: Any):
            self.so_far = int(options.get("initial") or 0)
            self.in_all = int(options.get("total") or 0)
            super().__init__(*args, **{**options, "disable": True})

        def update(self, n: float | None = 1) -> None:
            self.so_far += int(n or 0)
            if progress:
                progress(name, self.so_far, self.in_all)

    return Bar
