"""What whoever runs the server decides: who may come in, how much, how often."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`characters`, `texts`: of one request. `per_minute`: requests of one client, 0 for any number; reading the
    glossary or marking a line costs a tenth of one. `waiting`: requests for the engine at once, further ones are
    told to come back. `origins`: other web sites whose scripts may use the API, `*` for all. `hosts`: names under
    which the server answers, `*` for any. `db`: the store where proposals go, None for the usual one.
    `owner`: whoever comes without signing in is taken for the one who runs the server, and may do what they may.
    """

    characters: int = 200_000  # some 80 pages; longer texts belong on the command line
    texts: int = 500
    body_bytes: int = 5_000_000
    per_minute: int = 0
    waiting: int = 256
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ("*",)
    suggestions: bool = True
    db: str | None = None
    owner: bool = False


LOCAL = ("127.0.0.1", "localhost", "::1")
PUBLIC_PER_MINUTE = 120


def is_local(host: str) -> bool:
    return host in LOCAL or host.startswith("127.")


def settings_for(host: str, per_minute: int | None = None, **options: object) -> Settings:
    """On this machine alone: no limit on the rate, and only its own names, so that no web site reaches it by a
    name of its own that points here. Open to others: a rate for each client."""
    local = is_local(host)
    rate = per_minute if per_minute is not None else 0 if local else PUBLIC_PER_MINUTE
    hosts = (*LOCAL, "[::1]") if local else ("*",)
    return Settings(per_minute=rate, hosts=hosts, **{"owner": local, **options})  # type: ignore[arg-type]
