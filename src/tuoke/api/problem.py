"""Errors as RFC 9457 problem+json: the only place that knows both."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Scope

from tuoke.kit.errors import AppError, Invalid, NotFound
from tuoke.kit.faults import sentences
from tuoke.kit.words import LANGUAGES, Words, say

TYPES = "/problems/"
"""A problem's `type` is this and the slug of its error class."""

_log = structlog.get_logger("tuoke.api")

_STATUS_WORDS: Mapping[int, tuple[str, Words]] = {
    404: ("not-found", say("没有这个地址", "There is nothing at this address")),
    405: ("method-not-allowed", say("这个地址不接受这种操作", "This address does not take this method")),
    413: ("too-large", say("内容太大", "This is too large")),
}


def install(app: FastAPI) -> None:
    """Every refusal of this app is a problem; what nobody expected is caught by `guard`."""
    app.add_exception_handler(AppError, _expected)
    app.add_exception_handler(RequestValidationError, _ill_formed)
    app.add_exception_handler(HTTPException, _of_the_framework)


async def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return problem(error, request.scope)


async def _ill_formed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # A fault's place begins with where it was sent: body, query, path.
    fields = {place or "body": words for place, words in sentences(error.errors(), skip=1).items()}
    return problem(Invalid(_summary(fields), fields=fields), request.scope)


def _summary(fields: Mapping[str, Words]) -> Words:
    if len(fields) > 1:
        return say("有 {n} 项填写有误", "{n} entries are not valid", n=len(fields))
    (place, fault) = next(iter(fields.items()))
    return Words(f"{place}：{fault.in_('zh')}", f"{place}: {fault.in_('en')}")


async def _of_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    slug, words = _STATUS_WORDS.get(
        error.status_code, (phrase.lower().replace(" ", "-"), say("请求无法处理", phrase))
    )
    body = {"type": TYPES + slug, "title": words, "status": error.status_code, "detail": words}
    return _answer(body, request.scope, dict(error.headers or {}))


def problem(error: AppError, scope: Scope) -> Response:
    """The answer to a request that `error` ended."""
    body: dict[str, Any] = {
        **error.facts,
        "type": TYPES + error.slug,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
    }
    for named in ("fields", "rows"):
        if getattr(error, named, None):
            body[named] = getattr(error, named)
    return _answer(body, scope, _headers(error))


def incident(error: Exception, scope: Scope) -> Response:
    """The answer when nobody expected `error`: a number to ask the administrator about, no more."""
    number = secrets.token_hex(4)
    _log.error("incident", incident=number, path=scope.get("path"), exc_info=error)
    told = AppError(
        say(
            "服务器内部错误，编号 {number}。请把编号告诉管理员。",
            "Something went wrong on the server. Tell the administrator number {number}.",
            number=number,
        ),
        incident=number,
    )
    return problem(told, scope)


def language_of(scope: Scope) -> str:
    """The language of the screen that asks; else the user's own; else Chinese."""
    asked = Headers(scope=scope).get("accept-language", "")
    for part in asked.split(","):
        language = part.split(";")[0].strip().lower()[:2]
        if language in LANGUAGES:
            return language
    return scope.get("state", {}).get("language", LANGUAGES[0])


def _headers(error: AppError) -> dict[str, str]:
    if error.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    retry_after = error.facts.get("retry_after")
    return {} if retry_after is None else {"Retry-After": str(retry_after)}


def _answer(body: dict[str, Any], scope: Scope, headers: dict[str, str]) -> Response:
    language = language_of(scope)

    def worded(value: Any) -> str:
        return value.in_(language) if isinstance(value, Words) else str(value)

    return Response(
        orjson.dumps(
            {**body, "instance": scope.get("path", "")},
            default=worded,
            # Words are dataclasses, which orjson would write out as objects by itself.
            option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS,
        ),
        status_code=body["status"],
        media_type="application/problem+json",
        headers={**headers, "Content-Language": language},
    )


def nothing_here() -> NotFound:
    return NotFound(_STATUS_WORDS[404][1])
