"""The one error hierarchy. Raise these below; only the API door turns them into HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from tuoke.kit.words import Words, say


class AppError(Exception):
    """Base of every error a caller may see.

    `slug` is the stable machine name and the tail of the RFC 9457 `type` URI; `detail` is a sentence
    for people in both languages; `facts` are extra members a program can act on, never prose.
    """

    slug: ClassVar[str] = "internal"
    title: ClassVar[Words] = say("出了点问题", "Something went wrong")
    status: ClassVar[int] = 500

    def __init__(self, detail: Words, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts = facts

    def __str__(self) -> str:
        return str(self.detail)


class Invalid(AppError):
    """What was sent cannot be accepted. `fields` names the fault of each field, all at once."""

    slug, title, status = "invalid", say("填写有误", "The request is not valid"), 422

    def __init__(self, detail: Words, *, fields: Mapping[str, Words] | None = None, **facts: Any) -> None:
        super().__init__(detail, **facts)
        self.fields = dict(fields or {})


class Unauthenticated(AppError):
    slug, title, status = "unauthenticated", say("请先登录", "Please log in"), 401


class Forbidden(AppError):
    slug, title, status = "forbidden", say("没有权限", "You may not do this"), 403


class NotFound(AppError):
    slug, title, status = "not-found", say("找不到", "There is no such thing"), 404


class Conflict(AppError):
    slug, title, status = "conflict", say("内容已被他人修改", "It changed since you read it"), 409


class Duplicate(Conflict):
    """A value that must be unique is taken. `fields` names it like Invalid does."""

    slug, title = "duplicate", say("已经存在", "It already exists")

    def __init__(self, detail: Words, *, fields: Mapping[str, Words], **facts: Any) -> None:
        super().__init__(detail, **facts)
        self.fields = dict(fields)


class TooMany(AppError):
    slug, title, status = "too-many", say("操作太频繁", "Too many requests"), 429


class Unavailable(AppError):
    """A neighbour (telephony, mail, model) failed; the same call may work later."""

    slug, title, status = "unavailable", say("服务暂时不可用", "A service did not answer"), 503
