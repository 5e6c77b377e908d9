"""Every answer is heard, however the closing of Gradio's stream falls in with what is asked; no stream stays open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ui.watching import Watched

import workbench.ui

pytestmark = pytest.mark.browser
SHIM = (Path(workbench.ui.__file__).parent / "stream.js").read_text(encoding="utf-8")

# Holds back the server's "close_stream" on its way to the page until `window.release` is called.
HOLD = """
window.release = () => {};
const before = window.fetch.bind(window);
window.fetch = async (...request) => {
  const response = await before(...request);
  if (!response.url.includes("/queue/data")) return response;
  const held = new TransformStream({
    async transform(chunk, to) {
      const text = new TextDecoder().decode(chunk);
      const at = text.indexOf('data: {"msg":"close_stream"');
      if (at < 0) return to.enqueue(chunk);
      to.enqueue(new TextEncoder().encode(text.slice(0, at)));
      window.held = (window.held ?? 0) + 1;
      if (window.holding) await new Promise((go) => { window.release = go; });
      to.enqueue(new TextEncoder().encode(text.slice(at)));
    },
  });
  return new Response(response.body.pipeThrough(held), response);
};
"""

# A server in the page: `open` streams that the test writes to, joins that it answers.
SERVER = """
window.streams = [];
window.joins = [];
window.heard = [];
window.fetch = (input) => new Promise((answer) => {
  if (String(input.url ?? input).includes("/queue/join"))
    return joins.push((event) => answer(Response.json({ event_id: event })));
  let to = null;
  const body = new ReadableStream({ start: (made) => (to = made) });
  const coded = new TextEncoder();
  streams.push({
    say: (...said) => said.forEach((one) => to.enqueue(coded.encode(`data: ${JSON.stringify(one)}\\n\\n`))),
    end: () => to.close(),
    fail: () => to.error(new TypeError("network error")),
  });
  answer(new Response(body));
});
"""
# What Gradio's client does with its stream, in short.
CLIENT = """
window.left = new AbortController();
window.listen = async () => {
  const reader = (await fetch("http://desk.example/queue/data?session_hash=x", { signal: left.signal }))
    .body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return heard.push("closed");
    const told = value.split("\\n\\n").filter(Boolean).map((one) => JSON.parse(one.slice(5)));
    heard.push(...told.map((one) => one.event_id ?? one.msg));
  }
};
window.done = (event) => ({ msg: "process_completed", event_id: event });
window.CLOSE = { msg: "close_stream" };
window.ask = () => fetch("http://desk.example/queue/join", { method: "POST" });
"""


class Held(Watched):
    def open(self, path: str = "") -> None:
        self.page.add_init_script(HOLD)
        super().open(path)


@pytest.fixture
def client(browser: Any) -> Iterator[Any]:
    """A blank page with the script, a server of its own and one question asked."""
    page = browser.new_page()
    page.goto("about:blank")
    for script in (SERVER, SHIM, CLIENT, "ask(); joins[0]('a'); void listen()"):
        page.evaluate(f"{script};0")
    page.wait_for_function("streams.length === 1")
    yield page
    page.close()


def test_what_was_asked_while_the_stream_closed_is_answered(browser: Any, toy_page: str) -> None:
    held = Held(browser, toy_page)
    held.page.wait_for_function("window.held > 0")  # the stream of the page's first events
    held.page.evaluate("window.holding = true; window.held = 0")
    held.press("Translate")
    held.page.get_by_role("alert").get_by_text("There is no text yet").wait_for()
    held.page.wait_for_function("window.held > 0")
    held.page.locator("#wb-text textarea").fill("Mirzoian came.")
    with held.page.expect_response("**/queue/join?**") as joined:
        held.press("Translate")
    assert json.loads(joined.value.text())["event_id"]
    held.page.evaluate("window.holding = false; window.release()")
    held.page.locator(".wb-line").first.wait_for()
    held.context.close()


def test_no_stream_stays_open_when_nothing_is_owed(browser: Any, toy_page: str) -> None:
    watched = Watched(browser, toy_page)
    opened, closed = [], []
    watched.page.on("request", lambda request: "/queue/data" in request.url and opened.append(request))
    watched.page.on("requestfinished", lambda request: "/queue/data" in request.url and closed.append(request))
    for number in range(3):
        watched.translate(f"Mirzoian came {number} times.")
    while set(opened) != set(closed):
        watched.page.wait_for_event("requestfinished")
    assert len(opened) >= 3
    watched.context.close()


def test_an_answer_that_is_heard_before_its_question_has_a_name_opens_no_stream(client: Any) -> None:
    client.evaluate("void ask()")
    client.evaluate("streams[0].say(done('b'), done('a'), CLOSE); streams[0].end()")
    client.wait_for_function("heard.length === 2")
    client.evaluate("joins[1]('b')")
    client.evaluate("ask(); joins[2]('c')")
    client.wait_for_function("streams.length === 2")
    client.evaluate("streams[1].say(done('c'), CLOSE); streams[1].end()")
    client.wait_for_function("heard.length === 3")
    assert client.evaluate("[heard, streams.length]") == [["b", "a", "c"], 2]


def test_an_answer_that_comes_after_the_stream_closed_is_heard_on_the_next(client: Any) -> None:
    client.evaluate("void ask()")
    client.evaluate("streams[0].say(done('a'), CLOSE); joins[1]('b'); streams[0].end()")
    client.wait_for_function("streams.length === 2")
    client.evaluate("streams[1].say({ msg: 'progress', event_id: 'b' }, done('b'), CLOSE); streams[1].end()")
    client.wait_for_function("heard.length === 3")
    assert client.evaluate("heard") == ["a", "b", "b"]


@pytest.mark.parametrize("how", ["fail()", "end()", "say({ msg: 'unexpected_error', session_not_found: true })"])
def test_a_stream_that_breaks_is_told_and_the_next_question_is_answered(client: Any, how: str) -> None:
    client.evaluate(f"streams[0].{how}")
    client.wait_for_function("heard.length === 1")
    assert client.evaluate("heard[0]") in ("broken_connection", "unexpected_error")
    client.evaluate("ask(); joins[1]('b')")
    if "say" in how:
        client.evaluate("streams[0].say(done('b'), CLOSE); streams[0].end()")
    else:
        client.wait_for_function("streams.length === 2")
        client.evaluate("streams[1].say(done('b'), CLOSE); streams[1].end()")
    client.wait_for_function("heard.length === 2")
    assert client.evaluate("heard[1]") == "b"


def test_a_client_that_leaves_ends_its_stream_and_may_come_back(client: Any) -> None:
    client.evaluate("left.abort(); left = new AbortController(); void listen()")
    client.evaluate("streams[0].say(done('a'), CLOSE); streams[0].end()")
    client.evaluate("ask(); joins[1]('b')")
    client.wait_for_function("streams.length === 2")
    client.evaluate("streams[1].say(done('b'), CLOSE); streams[1].end()")
    client.wait_for_function("heard.includes('b')")
    assert client.evaluate("heard") == ["b"]
