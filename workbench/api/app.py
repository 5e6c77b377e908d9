"""The HTTP API: LibreTranslate's, and ours beside it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from workbench.api import faults
from workbench.api.house import House
from workbench.api.limits import Bounded
from workbench.api.origins import SameOrigin
from workbench.api.people import People
from workbench.api.routes import desk, documents, editor, exchange, names, service, sign_in, terms, translation
from workbench.api.settings import Settings
from workbench.workbench import Workbench

ROUTERS = tuple(
    part.router for part in (translation, documents, terms, names, desk, exchange, editor, service, sign_in)
)
TITLE = "Workbench for Names"
ABOUT = """Translation that writes every name and term the way the glossary asks. The first routes are those of
LibreTranslate, so that its clients work unchanged; errors are `{"error": "..."}`."""


def build(workbench: Workbench, settings: Settings = Settings(), people: People | None = None) -> FastAPI:
    """The API, not yet served. `people` None: nobody needs to sign in."""
    app = FastAPI(
        title=TITLE,
        description=ABOUT,
        version=_version(),
        docs_url=None,  # pages of other hosts
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    app.state.house = House(workbench, settings, people)
    faults.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Bounded, most=settings.body_bytes)
    app.add_middleware(SameOrigin, allowed=settings.origins)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "POST"], allow_headers=["*"]
        )
    if "*" not in settings.hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False)
    return app


def _version() -> str:
    try:
        return version("workbench-for-names")
    except PackageNotFoundError:
        return "0"
