"""Many at once: a sentence passes a book, one broken request breaks no other, limits hold for each client."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from api.toys import ToyBench
from fastapi.testclient import TestClient

from workbench.api.app import build
from workbench.api.faults import Refused
from workbench.api.limits import Buckets
from workbench.api.people import Person
from workbench.api.settings import Settings, settings_for
from workbench.engines.shared import SLICE, Turns, asking

BOOK = " ".join(f"Sentence number {i} tells of Yerevan and of nothing else." for i in range(6 * SLICE))
PAIR = {"source": "en", "target": "es"}


def waited_for(condition: Callable[[], bool]) -> None:
    for _ in range(3000):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("waited in vain")


def test_turns_go_round_between_askers_not_between_requests() -> None:
    turns, order, gate = Turns(), [], threading.Event()

    def work(name: str, kind: int) -> None:
        with asking(name):
            turns.run(kind, ([name],), lambda names: order.extend(names) or names)

    with ThreadPoolExecutor(5) as pool:
        pool.submit(turns.run, "first", ([0],), lambda row: gate.wait(20) and row)
        waited_for(lambda: turns._taken)
        for kind, name in enumerate(("anna", "anna", "anna", "boris")):
            pool.submit(work, name, kind)
            waited_for(lambda kind=kind: turns.waiting() == kind + 1)
        gate.set()
    assert order == ["anna", "boris", "anna", "anna"]


def test_what_several_wait_for_is_decoded_together_and_one_that_breaks_spoils_no_other() -> None:
    bench, gate, begun = ToyBench(), threading.Event(), threading.Event()
    bench.engine.gate = lambda sentences: sentences == ["First."] and (begun.set(), gate.wait(60))
    texts = ["First.", *(f"Yerevan {i}" for i in range(8)), "BREAK it"]

    def translate(text: str) -> str:
        with asking(text):
            return bench.translate(text, "en", "es").text

    with ThreadPoolExecutor(len(texts)) as pool:
        made = [pool.submit(translate, texts[0])]
        begun.wait(60)
        made += [pool.submit(translate, text) for text in texts[1:]]
        waited_for(lambda: bench.turns.waiting() == len(texts) - 1)
        gate.set()
    assert [one.result() for one in made[:-1]] == [text.replace("Yerevan", "Ereván") for text in texts[:-1]]
    assert isinstance(made[-1].exception(), RuntimeError)
    assert max(bench.engine.sizes) == len(texts) - 1


def test_a_sentence_is_not_stuck_behind_a_book() -> None:
    bench = ToyBench()
    done: list[str] = []
    first_slice, sentence_waits = threading.Event(), threading.Event()

    def gate(sentences: list[str]) -> None:
        if len(sentences) > 1 and not first_slice.is_set():
            first_slice.set()
            sentence_waits.wait(20)

    bench.engine.gate = gate

    def translate(name: str, text: str) -> None:
        with asking(name):
            bench.translate(text, "en", "es")
        done.append(name)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(translate, "book", BOOK)
        first_slice.wait(20)
        pool.submit(translate, "sentence", "Mirzoyan came.")
        waited_for(lambda: bench.turns.waiting() > 0)
        sentence_waits.set()
    assert done == ["sentence", "book"]
    assert max(bench.engine.sizes) <= SLICE
    assert bench.engine.sizes.index(1) == 1, "its turn came right after the slice that was under way"


def test_slices_give_what_the_engine_gives_at_once() -> None:
    bench = ToyBench()
    sliced = bench.translate(BOOK, "en", "es").text
    assert sliced == BOOK.replace("Yerevan", "Ereván").replace(" and ", " y ")


def test_a_broken_engine_breaks_one_request_and_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    client = TestClient(build(ToyBench()), raise_server_exceptions=False)
    with caplog.at_level(logging.ERROR), ThreadPoolExecutor(4) as pool:
        texts = ["Yerevan.", "BREAK it", "Yerevan and.", "BREAK it"]
        answers = list(pool.map(lambda q: client.post("/translate", json={"q": q, **PAIR, "api_key": "k3y"}), texts))
    assert [answer.status_code for answer in answers] == [200, 500, 200, 500]
    assert list(answers[1].json()) == ["error"] and "secret" not in answers[1].text
    assert "k3y" not in caplog.text and "BREAK it" not in caplog.text
    assert client.post("/translate", json={"q": "Yerevan.", **PAIR}).json() == {"translatedText": "Ereván."}


def test_a_client_that_asks_too_often_waits_and_another_does_not() -> None:
    now = [0.0]
    buckets = Buckets(6, clock=lambda: now[0])
    for _ in range(6):
        buckets.take("anna")
    with pytest.raises(Refused) as refused:
        buckets.take("anna")
    assert refused.value.status == 429 and refused.value.retry_after == 11
    buckets.take("boris")
    now[0] += 10
    buckets.take("anna")


def test_the_answer_to_too_many_requests_is_libretranslates() -> None:
    client = TestClient(build(ToyBench(), Settings(per_minute=2)))
    answers = [client.post("/translate", data={"q": "Yerevan", **PAIR}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json() == {"error": "Slowdown: 2 per 1 minute"} and int(answers[2].headers["retry-after"]) > 0
    assert client.get("/health").status_code == 200


def test_a_full_line_says_so_and_the_rest_is_served() -> None:
    bench = ToyBench()
    release, begun = threading.Event(), threading.Event()
    bench.engine.gate = lambda _: (begun.set(), release.wait(20))
    client = TestClient(build(bench, Settings(waiting=1)))
    with client, ThreadPoolExecutor(1) as pool:
        long = pool.submit(client.post, "/translate", json={"q": "Yerevan", **PAIR})
        begun.wait(20)
        busy = client.post("/translate", json={"q": "Yerevan", **PAIR})
        assert busy.status_code == 503 and "waiting" in busy.json()["error"]
        assert client.get("/languages").status_code == 200
        release.set()
        assert long.result().status_code == 200


class Staff:
    """Two people, as a glossary store would know them."""

    def signed_in(self, name: str, password: str) -> Person | None:
        return Person(name, "editor") if (name, password) == ("anna", "correct horse") else None

    def with_key(self, key: str) -> Person | None:
        return Person("robot", "translator") if key == "good-key" else None

    def present(self, name: str) -> Person | None:
        return Person(name, "editor") if name == "anna" else None


def test_with_people_nothing_is_done_for_nobody() -> None:
    client = TestClient(build(ToyBench(), Settings(), Staff()))
    sent = {"q": "Yerevan", **PAIR}
    assert client.post("/translate", json=sent).status_code == 403
    assert client.get("/glossary").status_code == 403
    assert client.post("/editor/mark", json={**PAIR, "lines": []}).status_code == 403
    assert client.post("/translate", json={**sent, "api_key": "wrong"}).json() == {"error": "Invalid API key"}
    assert client.post("/translate", json={**sent, "api_key": "good-key"}).status_code == 200
    assert client.post("/translate", json=sent, headers={"Authorization": "Bearer good-key"}).status_code == 200
    assert client.get("/frontend/settings").json()["keyRequired"] is True


def test_a_server_for_others_has_a_rate_and_one_for_this_machine_its_names() -> None:
    assert settings_for("0.0.0.0").per_minute > 0 and settings_for("0.0.0.0", 0).per_minute == 0
    assert settings_for("127.0.0.1").per_minute == 0 and "*" not in settings_for("127.0.0.1").hosts


def test_the_usual_store_is_passed_over_when_it_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "glossary.db"
    broken.write_text("no database")
    monkeypatch.setenv("WORKBENCH_DB", str(broken))
    client = TestClient(build(ToyBench()))
    assert client.post("/translate", json={"q": "Yerevan", **PAIR}).json() == {"translatedText": "Ereván"}
    named = TestClient(build(ToyBench(), Settings(db=str(broken))))
    assert "store" in named.post("/suggest", json={"q": "a", "s": "b", **PAIR}).json()["error"]
