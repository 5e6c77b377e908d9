"""Many people at once on one server: `python -m benchmarks.users [--users 50] [--seconds 60] [--pages 50]`.

Each person sends a sentence, waits for its translation, and sends the next. Then somebody sends a document of so
many pages (0: none), and a sentence is sent while it is translated. Prints errors, and times in seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from benchmarks.news import lines
from workbench.api.settings import settings_for
from workbench.serving.server import Server
from workbench.workbench import Workbench

SENTENCES = lines(600)
PAGE = 1800  # characters of a page, as translators count


def ask(url: str, text: str) -> float:
    """Seconds until the translation of a text is there."""
    body = json.dumps({"q": text, "source": "en", "target": "es"}).encode()
    request = urllib.request.Request(f"{url}/translate", body, {"Content-Type": "application/json"})
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=600) as answer:
        assert json.load(answer)["translatedText"]
    return time.perf_counter() - began


def person(url: str, number: int, until: float, times: list[float], errors: list[str]) -> None:
    chance = random.Random(number)
    while time.perf_counter() < until:
        try:
            times.append(ask(url, chance.choice(SENTENCES)))
        except OSError as failed:
            errors.append(str(failed))


def crowd(url: str, users: int, seconds: float) -> str:
    times: list[float] = []
    errors: list[str] = []
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(users) as pool:
        for number in range(users):
            pool.submit(person, url, number, until, times, errors)
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    return (
        f"{users} users, {seconds:.0f} s: {len(times)} answers, {len(errors)} errors, p50 {middle:.2f}, p95 {high:.2f}"
    )


def beside_a_book(url: str, pages: int) -> str:
    chance = random.Random(1)
    book = ""
    for line in lines(pages * 30, seed=2):
        book += line + "\n" if len(book) < PAGE * pages else ""
    took: list[float] = []
    reader = threading.Thread(target=lambda: took.append(ask(url, book)))
    reader.start()
    waits = []
    while reader.is_alive() and len(waits) < 20:
        waits.append(ask(url, chance.choice(SENTENCES)))
    reader.join()
    return f"{pages} pages: {took[0]:.1f}; sentences meanwhile: longest of {len(waits)} {max(waits):.2f}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--users", type=int, default=50)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--pages", type=int, default=50)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.users, asked.seconds, asked.pages, f"{folder}/glossary.db")


def measure(users: int, seconds: float, pages: int, db: str) -> None:
    server = Server(Workbench(), port=0, settings=settings_for("127.0.0.1", db=db)).start()
    print(
        f"a sentence alone: {ask(server.url, SENTENCES[0]):.2f} with loading, {ask(server.url, SENTENCES[1]):.2f} after"
    )
    print(crowd(server.url, users, seconds), flush=True)
    if pages:
        print(beside_a_book(server.url, pages))
    server.close()


if __name__ == "__main__":
    main()
