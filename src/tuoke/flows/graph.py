"""A flow as people write it: a trigger, nodes and where each port leads. Checked whole before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tuoke.flows.known import Known, check_condition
from tuoke.flows.node import Config, Node
from tuoke.flows.trigger import Trigger
from tuoke.kit.errors import Invalid
from tuoke.kit.faults import faults_of
from tuoke.kit.registry import Registry
from tuoke.kit.words import Words, say
from tuoke.query.ast import Condition, condition_from
from tuoke.records.written import Finding
from tuoke.schema.model import KEY, Label

TRIGGERS: Registry[Trigger] = Registry("trigger", Trigger).load("tuoke.flows.triggers")

Nodes = Registry[Node]
"""Kinds of nodes, of this room and of the rooms above that own an effect; put together by `main`."""

OVER = None
"""Where a port leads that ends the run."""


class Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TriggerDefinition(Written):
    type: str
    config: dict[str, Any] = {}
    when: dict[str, Any] | None = None
    """A filter the record must match when the flow begins."""


class NodeDefinition(Written):
    key: str = Field(pattern=f"^{KEY.pattern}$")
    type: str
    label: Label | None = None
    config: dict[str, Any] = {}
    next: str | dict[str, str | None] | None = None
    """The next node, or port -> next node; absent = the run is over."""


class FlowDefinition(Written):
    key: str = Field(pattern=f"^{KEY.pattern}$")
    label: Label
    table: str
    active: bool = True
    mode: Literal["each", "one"] = "one"
    """`one`: a record has at most one live run of this flow. `each`: every event begins one."""
    trigger: TriggerDefinition
    nodes: list[NodeDefinition] = Field(min_length=1, max_length=100)


@dataclass(frozen=True)
class Placed:
    """A node of a checked flow."""

    key: str
    kind: Node
    config: Config
    ports: Mapping[str, str | None]
    label: Label | None


@dataclass(frozen=True)
class Flow:
    """A checked flow: every port leads to a node that is there, or ends the run."""

    key: str
    table: str
    mode: str
    trigger: Trigger
    trigger_config: Config
    when: Condition | None
    nodes: Mapping[str, Placed]
    first: str
    order: Mapping[str, int]
    """Key -> its place on the way: every arrow leads to a later one."""


def checked(definition: FlowDefinition, kinds: Nodes) -> Flow:
    """Raises Invalid naming every fault by its place: `nodes.wait.config.length`."""
    refuse(definition, findings(definition, kinds))
    kind = TRIGGERS.get(definition.trigger.type)
    keys = {node.key for node in definition.nodes}
    placed = {node.key: _placed(node, kinds, keys) for node in definition.nodes}
    return Flow(
        key=definition.key,
        table=definition.table,
        mode=definition.mode,
        trigger=kind,
        trigger_config=kind.Config.model_validate(definition.trigger.config),
        when=condition_from(definition.trigger.when),
        nodes=placed,
        first=definition.nodes[0].key,
        order=_order(placed),
    )


def refuse(definition: FlowDefinition, found: Iterable[Finding]) -> None:
    """Raises Invalid if anything was found."""
    faults = {_place(definition, path): words for path, words in found}
    if faults:
        place, what = next(iter(faults.items()))
        raise Invalid(
            say(
                "流程有 {n} 处错误。第一处：{place}：{zh_what}",
                "The flow has {n} faults. The first: {place}: {en_what}",
                n=len(faults),
                place=place,
                zh_what=what.in_("zh"),
                en_what=what.in_("en"),
            ),
            fields=faults,
        )


def _place(definition: FlowDefinition, path: Sequence[str | int]) -> str:
    """People know nodes by their keys, not by their places."""
    named = [
        definition.nodes[part].key if isinstance(part, int) and at == 1 else part
        for at, part in enumerate(path)
    ]
    return ".".join(str(part) for part in named)


def findings(definition: FlowDefinition, kinds: Nodes) -> list[Finding]:
    """What is wrong with the flow by itself, whatever workspace it is meant for."""
    found = [*_trigger_findings(definition.trigger)]
    keys = [node.key for node in definition.nodes]
    for at, node in enumerate(definition.nodes):
        if node.key in keys[:at]:
            found.append((("nodes", at, "key"), say("节点编码重复", "The node key is used twice")))
        found += [(("nodes", at, *path), words) for path, words in _node_findings(node, kinds, set(keys))]
    if not found:
        placed = {node.key: _placed(node, kinds, set(keys)) for node in definition.nodes}
        found += [(("nodes", keys.index(key), "next"), _round(key)) for key in _in_rounds(placed)]
    return found


def misfits(definition: FlowDefinition, flow: Flow, known: Known) -> Iterator[Finding]:
    """What does not fit the workspace: fields, options, roles that are not there."""
    for words in check_condition(definition.trigger.when, known.table, known.tables):
        yield ("trigger", "when"), words
    for path, words in flow.trigger.check(flow.trigger_config, known):
        yield ("trigger", "config", *path), words
    for at, placed in enumerate(flow.nodes.values()):
        for path, words in placed.kind.check(placed.config, known):
            yield ("nodes", at, "config", *path), words


def _trigger_findings(written: TriggerDefinition) -> Iterator[Finding]:
    if written.type not in TRIGGERS:
        yield ("trigger", "type"), _unknown(TRIGGERS, written.type)
        return
    for path, words in _config_findings(TRIGGERS.get(written.type).Config, written.config):
        yield ("trigger", *path), words
    try:
        condition_from(written.when)
    except Invalid as error:
        yield ("trigger", "when"), error.detail


def _node_findings(node: NodeDefinition, kinds: Nodes, keys: set[str]) -> Iterator[Finding]:
    if node.type not in kinds:
        yield ("type",), _unknown(kinds, node.type)
        return
    wrong = list(_config_findings(kinds.get(node.type).Config, node.config))
    yield from wrong
    if not wrong:
        yield from ((("next",), words) for words in _lost(node, _placed(node, kinds, keys), keys))


def _unknown(kinds: Registry[Any], type: str) -> Words:
    try:
        kinds.get(type)
    except Invalid as error:
        return error.detail
    raise AssertionError(type)


def _config_findings(model: type[Config], given: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        model.model_validate(dict(given))
    except ValidationError as error:
        for place, words in faults_of(error).items():
            steps = [int(part) if part.isdigit() else part for part in place.split(".")]
            yield ("config", *steps), words


def _placed(node: NodeDefinition, kinds: Nodes, keys: set[str]) -> Placed:
    kind = kinds.get(node.type)
    config = kind.Config.model_validate(node.config)
    known = list(kind.ports(config))
    given = _ways(node, known)
    return Placed(node.key, kind, config, {port: given.get(port) for port in known}, node.label)


def _ways(node: NodeDefinition, ports: Sequence[str]) -> Mapping[str, str | None]:
    if isinstance(node.next, dict):
        return node.next
    # One arrow out of a node with several ways means: whatever happens, go there.
    return dict.fromkeys(ports, node.next)


def _lost(node: NodeDefinition, placed: Placed, keys: set[str]) -> Iterator[Words]:
    """Ports the node does not have, and targets that are not in the flow."""
    given = _ways(node, list(placed.ports))
    strange = sorted(set(given) - set(placed.ports))
    lost = sorted({target for target in given.values() if target is not None and target not in keys})
    if node.next is not None and not placed.ports:
        strange = ["next"]
    if strange or lost:
        yield say(
            "没有这样的出口或节点：{names}",
            "There is no such port or node: {names}",
            names=", ".join([*strange, *lost]),
        )


def _in_rounds(placed: Mapping[str, Placed]) -> Iterator[str]:
    """Nodes from which a way leads back to themselves: it would run for ever."""
    for start in placed:
        seen, ahead = set[str](), list(_targets(placed[start]))
        while ahead:
            key = ahead.pop()
            if key not in seen:
                seen.add(key)
                ahead += _targets(placed[key])
        if start in seen:
            yield start


def _round(key: str) -> Words:
    return say("流程绕回了节点「{key}」", "The flow leads back to node {key!r}", key=key)


def _targets(node: Placed) -> Iterable[str]:
    return [target for target in node.ports.values() if target is not None]


def _order(placed: Mapping[str, Placed]) -> Mapping[str, int]:
    """The longest way to each node; there are no rounds."""
    order = dict.fromkeys(placed, 0)
    for _ in placed:
        for key, node in placed.items():
            for target in _targets(node):
                order[target] = max(order[target], order[key] + 1)
    return order
