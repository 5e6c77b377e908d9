"""As LibreTranslate: /translate, /detect, /languages, /suggest."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, field_validator

from workbench import languages
from workbench.api.bodies import body, described
from workbench.api.faults import ANSWERS, Refused
from workbench.api.house import House, house
from workbench.checking.choosing import Choice
from workbench.enforcement.outcomes import Translation
from workbench.errors import InputError
from workbench.filework.report import report_json
from workbench.glossary.model import Entry, Kind

router = APIRouter(tags=["translate"], responses=ANSWERS)
AUTO = "auto"
SURE = 90.0  # of a detected language; py3langid gives no probability that means anything
Served = Annotated[House, Depends(house)]


class ToTranslate(BaseModel):
    q: str | list[str] = Field(description="Text, or texts, to translate", examples=["Mirzoian arrived in Yerevan."])
    source: str = Field(description="Language code, or auto", examples=["en"], max_length=35)
    target: str = Field(description="Language code", examples=["es"], max_length=35)
    format: Literal["text", "html"] = "text"
    alternatives: int = Field(0, ge=0, le=10, description="Other translations of a single sentence, at most so many")
    api_key: str | None = Field(None, max_length=200)
    glossaries: list[str] | None = Field(None, description="Ours: names of glossaries; left out: all", max_length=20)
    style: str | None = Field(None, description="Ours: a house style", max_length=100)
    report: bool = Field(False, description="Ours: with an account of every term")

    @field_validator("format", mode="before")
    @classmethod
    def _default(cls, value: Any) -> Any:
        return value or "text"

    @field_validator("glossaries", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class Detected(BaseModel):
    confidence: float = Field(ge=0, le=100)
    language: str


class Translated(BaseModel):
    translatedText: str | list[str]
    detectedLanguage: Detected | list[Detected] | None = None
    alternatives: list[str] | list[list[str]] | None = None
    report: dict[str, Any] | list[dict[str, Any]] | None = None


@router.post("/translate", openapi_extra=described(ToTranslate), response_model=Translated,
             response_model_exclude_none=True)  # fmt: skip
async def translate(request: Request, served: Served, sent: Annotated[ToTranslate, Depends(body(ToTranslate))]) -> Any:
    """Translate a text or several, every name and term in the form that the glossary asks for."""
    asker = served.admit(request, sent, 1.0)
    texts = sent.q if isinstance(sent.q, list) else [sent.q]
    if not any(text for text in texts):
        raise Refused(400, "Invalid request: missing q parameter")
    if len(texts) > served.settings.texts:
        raise Refused(400, f"Invalid request: request ({len(texts)}) exceeds text limit ({served.settings.texts})")
    served.check_size(*texts)
    sent.glossaries = served.glossaries(sent.glossaries)
    made = await served.work(asker, lambda: [_one(served, sent, text, texts) for text in texts])
    whole: dict[str, list[Any]] = {
        "translatedText": [one["text"] for one in made],
        "detectedLanguage": [one["detected"] for one in made] if sent.source == AUTO else [],
        "alternatives": [one["alternatives"] for one in made] if sent.alternatives else [],
        "report": [one["report"] for one in made] if sent.report else [],
    }
    many = isinstance(sent.q, list)
    return {name: values if many else values[0] for name, values in whole.items() if values}


def _one(served: House, sent: ToTranslate, text: str, texts: list[str]) -> dict[str, Any]:
    """One text; a short one is detected by all of them together."""
    bench = served.workbench
    target = languages.language(sent.target)
    if not text.strip():
        return {"text": text, "detected": {"confidence": 0.0, "language": target}, "alternatives": [], "report": {}}
    source = _source(served, sent.source, text, texts)
    found = {"confidence": SURE, "language": source}
    if source == target:
        return {"text": text, "detected": found, "alternatives": [], "report": {}}
    if sent.format == "html":
        html = bench.translate_html(text, source, target, sent.glossaries, sent.style)
        return {"text": html, "detected": found, "alternatives": [], "report": {}}
    made = bench.translate(text, source, target, sent.glossaries, sent.style)
    others = bench.alternatives(made, sent.alternatives, sent.glossaries, sent.style) if sent.alternatives else []
    return {
        "text": made.text,
        "detected": found,
        "alternatives": others,
        "report": _report(made) if sent.report else {},
    }


def _source(served: House, said: str, text: str, texts: list[str]) -> str:
    if said != AUTO:
        return languages.language(said)
    for guessed in (text, " ".join(texts)):
        try:
            return served.workbench.detect(guessed)
        except InputError:
            continue
    return served.workbench.guess(text)[0][0]


def _report(made: Translation) -> dict[str, Any]:
    return report_json(made)


class ToDetect(BaseModel):
    q: str = Field(min_length=1, description="Text whose language is asked for")
    api_key: str | None = Field(None, max_length=200)


@router.post("/detect", openapi_extra=described(ToDetect), response_model=list[Detected])
async def detect(request: Request, served: Served, sent: Annotated[ToDetect, Depends(body(ToDetect))]) -> Any:
    """Likely languages of a text, the likeliest first; confidence in 0..100."""
    served.admit(request, sent)
    served.check_size(sent.q)
    found = served.workbench.guess(sent.q)
    return [{"confidence": round(100 * share, 1), "language": code} for code, share in found]


class Language(BaseModel):
    code: str
    name: str
    targets: list[str]


@router.get("/languages", response_model=list[Language])
async def list_languages(served: Served) -> Any:
    """Languages that can be translated from now, each with those it can be translated to, itself included."""
    pairs = served.workbench.pairs()
    known = sorted({code for pair in pairs for code in pair})
    return [
        {"code": code, "name": languages.name(code), "targets": sorted({code, *(b for a, b in pairs if a == code)})}
        for code in known
    ]


Spelling = Annotated[str, Field(min_length=1, max_length=200)]


class ToSuggest(BaseModel):
    q: str = Field(min_length=1, max_length=200, description="Original text: a name or term")
    s: str = Field(min_length=1, max_length=200, description="Suggested translation")
    source: str = Field(max_length=35)
    target: str = Field(max_length=35)
    api_key: str | None = Field(None, max_length=200)
    kind: Kind = Field(Kind.TERM, description="Ours: person, place, organisation, work or term")
    entry: str = Field("", max_length=200, description="Ours: id of the entry that the glossary has for it")
    variants: list[Spelling] = Field([], max_length=50, description="Ours: how else the original text spells it")
    short: list[Spelling] = Field([], max_length=50, description="Ours: one word of it where it stands alone")


class Suggested(BaseModel):
    success: bool
    entry: str = ""


@router.post("/suggest", openapi_extra=described(ToSuggest), response_model=Suggested)
async def suggest(request: Request, served: Served, sent: Annotated[ToSuggest, Depends(body(ToSuggest))]) -> Any:
    """Propose a form to the editors of the glossary; nothing is enforced before they approve it."""
    asker = served.admit(request, sent, 1.0)
    if not served.settings.suggestions:
        raise Refused(403, "Suggestions are disabled on this server.")
    choice = Choice(sent.q, sent.s, sent.entry, sent.kind, variants=tuple(sent.variants), short=tuple(sent.short))

    def job() -> Entry:
        desk = served.desk(request, sent.api_key or "")
        return served.workbench.propose(choice, sent.source, sent.target, desk, "suggested")

    made = await served.work(asker, job)
    return {"success": True, "entry": made.id}
