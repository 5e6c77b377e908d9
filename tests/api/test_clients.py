"""Clients as they are: libretranslatepy, the requests of Weblate and OmegaT, plain HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest

pytestmark = pytest.mark.model
SENTENCE = "Foreign Minister Mirzoian arrived in Yerevan on Monday and met the press."


def ask(url: str, body: Any = None, form: dict[str, str] | None = None, **headers: str) -> tuple[int, Any]:
    """Status and JSON of an answer; `body` goes as JSON, `form` as a form."""
    data = json.dumps(body).encode() if body is not None else urllib.parse.urlencode(form).encode() if form else None
    if body is not None:
        headers = {"Content-Type": "application/json", **headers}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=120) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_libretranslatepy_translates_detects_and_lists(served: str) -> None:
    client = pytest.importorskip("libretranslatepy").LibreTranslateAPI(served)
    made = client.translate(SENTENCE, "en", "es", timeout=120)
    assert "Mirzoyán" in made and "Ereván" in made
    assert client.detect(SENTENCE)[0]["language"] == "en"
    assert {language["code"] for language in client.languages()} >= {"en", "es"}
    assert "es" in next(one for one in client.languages() if one["code"] == "en")["targets"]


def test_libretranslatepy_raises_for_an_unknown_language(served: str) -> None:
    client = pytest.importorskip("libretranslatepy").LibreTranslateAPI(served, api_key="anything")
    with pytest.raises(urllib.error.HTTPError) as refused:
        client.translate("Hello", "en", "xx")
    assert refused.value.code == 400
    assert "xx" in json.load(refused.value)["error"]


def test_weblate_sends_many_texts_at_once(served: str) -> None:
    """As weblate/machinery/libretranslate.py: JSON, `q` a list, an empty api_key."""
    assert ask(f"{served}/languages")[0] == 200
    texts = ["Mirzoian said no.", "", "Pashinian went to Yerevan.", "Open the file"]
    status, said = ask(
        f"{served}/translate", {"api_key": "", "q": texts, "source": "en", "target": "es", "alternatives": 2}
    )
    assert status == 200
    assert len(said["translatedText"]) == len(texts) and said["translatedText"][1] == ""
    assert "Mirzoyán" in said["translatedText"][0] and "Ereván" in said["translatedText"][2]
    assert len(said["alternatives"]) == len(texts)


def test_omegat_sends_a_sentence_as_json(served: str) -> None:
    """As the LibreTranslate plugin of OmegaT: q, source, target in JSON, codes with regions."""
    status, said = ask(f"{served}/translate", {"q": SENTENCE, "source": "en", "target": "es", "format": "text"})
    assert status == 200 and "Ereván" in said["translatedText"]
    assert ask(f"{served}/translate", {"q": "Hello.", "source": "en-US", "target": "es-ES"})[0] == 200


def test_form_and_query_are_taken_as_json_is(served: str) -> None:
    by_form = ask(f"{served}/translate", form={"q": SENTENCE, "source": "auto", "target": "es"})
    by_json = ask(f"{served}/translate", {"q": SENTENCE, "source": "auto", "target": "es"})
    by_query = ask(
        f"{served}/translate?" + urllib.parse.urlencode({"q": SENTENCE, "source": "auto", "target": "es"}), {}
    )
    assert by_form == by_json == by_query
    assert by_form[1]["detectedLanguage"]["language"] == "en"


def test_html_keeps_its_markup_and_what_must_not_be_translated(served: str) -> None:
    kept = '<p translate="no">Keep &amp; <i>this</i></p><code>x = 1</code>'
    html = f'<p class="a">Mirzoian is in <b>Yerevan</b>.</p>\n{kept}'
    status, said = ask(f"{served}/translate", {"q": html, "source": "en", "target": "es", "format": "html"})
    made = said["translatedText"]
    assert status == 200
    assert made.startswith('<p class="a">') and "<b>Ereván</b>" in made and "Mirzoyán" in made
    assert made.endswith(f"</p>\n{kept}")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"source": "en", "target": "es"}, "missing q parameter"),
        ({"q": "", "source": "en", "target": "es"}, "missing q parameter"),
        ({"q": "Hi", "target": "es"}, "missing source parameter"),
        ({"q": "Hi", "source": "en", "target": "es", "format": "pdf"}, "format"),
        ({"q": "Hi", "source": "en", "target": "es", "glossaries": ["/etc/passwd"]}, "no glossary"),
        ({"q": "x" * 200_001, "source": "en", "target": "es"}, "exceeds text limit"),
        ({"q": ["x"] * 501, "source": "en", "target": "es"}, "exceeds text limit"),
        ([1, 2], "JSON object"),
    ],
)
def test_a_wrong_request_is_told_in_one_line(served: str, body: Any, words: str) -> None:
    status, said = ask(f"{served}/translate", body)
    assert status == 400 and list(said) == ["error"]
    assert words in said["error"] and "Traceback" not in said["error"] and "\n" not in said["error"]


def test_a_body_beyond_the_bound_is_refused_before_it_is_read(served: str) -> None:
    status, said = ask(f"{served}/translate", {"q": "x" * 5_100_000, "source": "en", "target": "es"})
    assert status == 413 and "larger" in said["error"]


def test_the_terms_of_a_glossary_are_found_shown_written_and_checked(served: str) -> None:
    status, said = ask(f"{served}/glossary?" + urllib.parse.urlencode({"q": "пашин", "limit": 3}))
    assert status == 200 and said[0]["id"] == "nikol-pashinyan"
    assert ask(f"{served}/glossary/yerevan")[1]["kind"] == "place"
    assert ask(f"{served}/glossary/no-such-entry")[0] == 404
    status, said = ask(f"{served}/glossary/show", {"q": "Mirzoian in Yerevan", "source": "en"})
    assert [match["entry"] for match in said] == ["ararat-mirzoyan", "yerevan"]
    status, said = ask(f"{served}/transliterate", form={"q": "Նիկոլ Փաշինյան", "source": "hy", "target": "fr"})
    assert status == 200 and said[0]["form"] == "Nikol Pachinian" and said[0]["reason"]
    sent = {"q": "Yerevan", "translation": "Erevan", "source": "en", "target": "es"}
    assert ask(f"{served}/check", sent)[1]["findings"][0]["entry"] == "yerevan"


def test_a_suggestion_becomes_a_proposal_that_is_not_enforced(served: str) -> None:
    sent = {"q": "Zorikville", "s": "Villa Zorik", "source": "en", "target": "es"}
    assert ask(f"{served}/suggest", form=sent) == (200, {"success": True, "entry": "zorikville"})
    assert ask(f"{served}/glossary/zorikville")[1]["review"] == "proposed"
    assert ask(f"{served}/glossary/show", {"q": "Zorikville", "source": "en"})[1] == []


def test_another_web_site_cannot_write_and_a_foreign_name_is_no_way_in(served: str) -> None:
    sent = {"q": "Hi there", "source": "en", "target": "es"}
    assert ask(f"{served}/translate", sent, Origin="https://evil.example")[0] == 403
    assert ask(f"{served}/translate", sent, Origin=served)[0] == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(f"{served}/health", headers={"Host": "rebound.example"}))
    assert refused.value.code == 400


def test_the_editor_marks_and_chooses(served: str) -> None:
    pair = {"source": "en", "target": "es"}
    line = {"source": "Surenian met Mirzoian.", "target": "Surenian se reunió con Mirzoian."}
    marks = ask(f"{served}/editor/mark", {**pair, "lines": [line]})[1]
    assert [mark["colour"] for mark in marks["marks"][0]["target"]] == ["wrong"]
    assert "ararat-mirzoyan" in marks["entries"]
    choice = {"name": "Surenian", "form": "Surenián"}
    chosen = ask(f"{served}/editor/choose", {**pair, "lines": [line], "choice": choice})[1]
    assert chosen["targets"] == ["Surenián se reunió con Mirzoian."]
