"""About the server itself: /health, /frontend/settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from workbench import languages
from workbench.api.house import House, house
from workbench.documents.kinds import KINDS

router = APIRouter(tags=["service"])
Served = Annotated[House, Depends(house)]
PATIENCE = 500  # ms after which a page of LibreTranslate's kind asks, as theirs


class Health(BaseModel):
    status: Literal["ok"]


@router.get("/health", response_model=Health)
async def health() -> Any:
    """Answers as long as the server serves."""
    return {"status": "ok"}


class Named(BaseModel):
    code: str
    name: str


class Sides(BaseModel):
    source: Named
    target: Named


class Frontend(BaseModel):
    charLimit: int
    frontendTimeout: int
    apiKeys: bool
    keyRequired: bool
    suggestions: bool
    filesTranslation: bool
    supportedFilesFormat: list[str]
    language: Sides


@router.get("/frontend/settings", response_model=Frontend)
async def frontend(served: Served) -> Any:
    """What a page of LibreTranslate's kind asks before it shows itself."""
    pairs = served.workbench.pairs() or [("en", "en")]
    source, target = ({"code": code, "name": languages.name(code)} for code in pairs[0])
    return {
        "charLimit": served.settings.characters,
        "frontendTimeout": PATIENCE,
        "apiKeys": served.people is not None,
        "keyRequired": served.people is not None,
        "suggestions": served.settings.suggestions,
        "filesTranslation": True,
        "supportedFilesFormat": [f".{suffix}" for kind in KINDS for suffix in kind.suffixes],
        "language": {"source": source, "target": target},
    }
