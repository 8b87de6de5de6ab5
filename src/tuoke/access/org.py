"""Who works here: departments, people and roles as one immutable snapshot per version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tuoke.access.policy import Policy, Role
from tuoke.access.roles import load_roles
from tuoke.access.version import org_version
from tuoke.kit.actor import Actor
from tuoke.kit.database import Connection, run_sql
from tuoke.kit.errors import NotFound
from tuoke.kit.words import say


@dataclass(frozen=True, slots=True)
class Department:
    id: int
    name: str
    parent: int | None
    path: tuple[int, ...]
    """Ids from the root down to this department itself."""
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    email: str
    department: int | None
    roles: frozenset[str]
    language: str = "zh"
    is_active: bool = True
    is_archived: bool = False


class Org:
    """Departments, people and roles at one version of the organisation."""

    def __init__(
        self, departments: Iterable[Department], people: Iterable[Person], roles: Iterable[Role], version: int
    ) -> None:
        self.departments: Mapping[int, Department] = {d.id: d for d in departments}
        self.people: Mapping[int, Person] = {p.id: p for p in people}
        self.policy = Policy.of(roles)
        self.version = version
        self._actors: dict[int, Actor] = {}

    @property
    def roles(self) -> Mapping[str, Role]:
        return self.policy.roles

    def actor(self, user_id: int) -> Actor:
        """The person with all that row rules ask about. Raises NotFound."""
        found = self._actors.get(user_id)
        if found is None:
            found = self._actors[user_id] = self._make_actor(user_id)
        return found

    def department(self, department_id: int) -> Department:
        """Raises NotFound."""
        found = self.departments.get(department_id)
        if found is None:
            raise NotFound(say("没有这个部门", "There is no such department"), department=department_id)
        return found

    def person(self, user_id: int) -> Person:
        """Raises NotFound."""
        found = self.people.get(user_id)
        if found is None:
            raise NotFound(say("没有这个用户", "There is no such user"), user=user_id)
        return found

    def is_administrator(self, user_id: int) -> bool:
        person = self.people.get(user_id)
        return person is not None and any(
            key in self.roles and self.roles[key].superuser for key in person.roles
        )

    def _make_actor(self, user_id: int) -> Actor:
        person = self.person(user_id)
        below = self._below.get(person.department, frozenset()) if person.department else frozenset[int]()
        # Without a department a person is on his own: those who have none either are not his colleagues.
        return Actor(
            user_id=person.id,
            name=person.name,
            roles=person.roles,
            department=person.department,
            departments_below=below,
            colleagues=self._members.get(person.department, frozenset()) | {person.id}
            if person.department
            else frozenset({person.id}),
            team=frozenset(who for d in below for who in self._members.get(d, ())) | {person.id},
            language=person.language,
        )

    @cached_property
    def _below(self) -> Mapping[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for department in self.departments.values():
            for ancestor in department.path:
                found.setdefault(ancestor, set()).add(department.id)
        return {key: frozenset(ids) for key, ids in found.items()}

    @cached_property
    def _members(self) -> Mapping[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        # Those who left count too: their records stay with the department until handed over.
        for person in self.people.values():
            if person.department is not None:
                found.setdefault(person.department, set()).add(person.id)
        return {key: frozenset(ids) for key, ids in found.items()}


_DEPARTMENTS = "select id, name, parent, path, archived_at is not null from tuoke.department order by path"
_PEOPLE = """
select u.id, u.name, u.email, u.department, u.language, u.active and u.archived_at is null,
       u.archived_at is not null,
       array(select r.role from tuoke.user_role r where r.user_id = u.id)
from tuoke.user_account u order by u.id
"""


async def load_org(db: Connection) -> Org:
    """The organisation as it stands."""
    # The version is read first: if someone commits a change in between, the snapshot calls itself older
    # than it is and is merely loaded once more; the other way round it would stay stale.
    version = await org_version(db)
    departments = [
        Department(id, name, parent, tuple(path), is_archived)
        for id, name, parent, path, is_archived in await run_sql(db, _DEPARTMENTS)
    ]
    people = [
        Person(id, name, email, department, frozenset(roles), language, is_active, is_archived)
        for id, name, email, department, language, is_active, is_archived, roles in await run_sql(db, _PEOPLE)
    ]
    return Org(departments, people, await load_roles(db), version)
