"""An answer that was owed when the stream of answers closed still comes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ui.watching import Watched

pytestmark = pytest.mark.browser

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


class Held(Watched):
    def open(self, path: str = "") -> None:
        self.page.add_init_script(HOLD)
        super().open(path)


def test_what_was_asked_while_the_stream_closed_is_answered(browser: Any, toy_page: str) -> None:
    held = Held(browser, toy_page)
    held.settle()
    held.page.evaluate("window.holding = true; window.held = 0")
    held.press("Translate")
    held.page.get_by_role("alert").get_by_text("There is no text yet").wait_for()
    held.page.wait_for_function("window.held > 0")
    held.page.locator("#wb-text textarea").fill("Mirzoian came.")
    with held.page.expect_response("**/queue/join?**") as joined:
        held.press("Translate")
    assert json.loads(joined.value.text())["event_id"]
    held.page.wait_for_timeout(200)  # the client has read that answer before the stream closes
    held.page.evaluate("window.holding = false; window.release()")
    held.page.locator(".wb-line").first.wait_for()
    held.context.close()


def test_a_stream_with_nothing_owed_is_closed(browser: Any, toy_page: str) -> None:
    held = Held(browser, toy_page)
    held.settle()  # no request is under way, the stream of the page's first events included
    held.translate("Mirzoian came.")
    assert held.page.evaluate("window.held") >= 1
    held.context.close()
