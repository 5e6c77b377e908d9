"""/login, /logout, /me. Without people nobody signs in, and nobody needs to."""

from __future__ import annotations

from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from workbench.api.bodies import body, described
from workbench.api.faults import ANSWERS, Refused
from workbench.api.house import COOKIE, House, house
from workbench.api.people import KEPT
from workbench.words import likeliest, speaking

router = APIRouter(tags=["people"], responses=ANSWERS)
Served = Annotated[House, Depends(house)]
FORM = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Workbench for Names</title>
<body style="font: 16px system-ui, sans-serif; margin: 4em auto; padding: 0 1em; max-width: 22em"><main>
<h1 style="font-size: 20px">Workbench for Names</h1><p role="alert">{told}</p>
<form method="post" action="login"><p><label>{name}<br><input name="name" autocomplete="username" required
 style="font: inherit; width: 100%"></label></p><p><label>{password}<br><input name="password" type="password"
 autocomplete="current-password" required style="font: inherit; width: 100%"></label></p>
<p><button style="font: inherit; padding: .4em 1.2em">{button}</button></p></form></main></body></html>"""


class SignIn(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=500)


class Me(BaseModel):
    """Empty where nobody is signed in."""

    name: str
    role: str


def _form(request: Request, status: int = 200, told: str = "") -> HTMLResponse:
    language = likeliest(request.headers.get("accept-language", ""))
    say = speaking(language)
    words = {"told": say(told) if told else "", "name": say("Name"), "password": say("Password"),
             "button": say("Sign in")}  # fmt: skip
    html = FORM.format(language=language, **{name: escape(word) for name, word in words.items()})
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})


@router.get("/login", response_class=HTMLResponse)
async def show(request: Request) -> Response:
    """The form to sign in with."""
    return _form(request)


@router.post("/login", response_class=HTMLResponse, openapi_extra=described(SignIn))
async def enter(request: Request, served: Served, sent: Annotated[SignIn, Depends(body(SignIn))]) -> Response:
    """Sign in; a cookie that no script can read tells who it is."""
    people = served.people
    if people is None:
        return RedirectResponse("./", 303)
    served.attempts.take(request.client.host if request.client else "nobody")
    person = await served.work("sign-in", lambda: people.signed_in(sent.name, sent.password))
    if person is None:
        return _form(request, 403, "The name or the password is wrong.")
    answer = RedirectResponse("./", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, served.sessions.begin(person), max_age=KEPT, httponly=True, samesite="strict", secure=secure
    )
    return answer


@router.post("/logout", response_class=HTMLResponse)
async def leave(request: Request, served: Served) -> Response:
    """Sign out."""
    served.sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("./login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/me", response_model=Me)
async def me(request: Request, served: Served) -> Any:
    """Who is signed in."""
    person = served.person(request)
    if served.people is not None and person is None:
        raise Refused(403, "Please sign in")
    return {"name": person.name if person else "", "role": person.role if person else ""}
