"""A flow as people write it: a trigger, nodes and where each port leads. Checked whole before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tuoke.flows.node import Config, Node
from tuoke.flows.trigger import Trigger
from tuoke.kit.errors import Invalid
from tuoke.kit.faults import faults_of
from tuoke.kit.registry import Registry
from tuoke.kit.words import Words, say
from tuoke.query.ast import Condition, condition_from
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


def checked(definition: FlowDefinition, kinds: Nodes) -> Flow:
    """Raises Invalid naming every fault by node."""
    faults: dict[str, Words] = {}
    keys = [node.key for node in definition.nodes]
    for key in keys:
        if keys.count(key) > 1:
            faults[key] = say("节点编码重复", "The node key is used twice")
    placed = {}
    for node in definition.nodes:
        try:
            placed[node.key] = _placed(node, kinds, set(keys))
        except Invalid as error:
            faults[node.key] = error.detail
    kind = TRIGGERS.get(definition.trigger.type)
    if faults:
        raise Invalid(say("流程有 {n} 处错误", "The flow has {n} faults", n=len(faults)), fields=faults)
    _refuse_rounds(placed)
    return Flow(
        key=definition.key,
        table=definition.table,
        mode=definition.mode,
        trigger=kind,
        trigger_config=_config(kind.Config, definition.trigger.config),
        when=condition_from(definition.trigger.when),
        nodes=placed,
        first=definition.nodes[0].key,
    )


def _placed(node: NodeDefinition, kinds: Nodes, keys: set[str]) -> Placed:
    kind = kinds.get(node.type)
    config = _config(kind.Config, node.config)
    known = list(kind.ports(config))
    given = node.next if isinstance(node.next, dict) else {known[0]: node.next} if known else {}
    if not isinstance(node.next, dict) and len(known) > 1 and node.next is not None:
        # One arrow out of a node with several ways means: whatever happens, go there.
        given = dict.fromkeys(known, node.next)
    strange = sorted(set(given) - set(known))
    lost = sorted({target for target in given.values() if target is not None and target not in keys})
    if strange or lost:
        raise Invalid(
            say(
                "没有这样的出口或节点：{names}",
                "There is no such port or node: {names}",
                names=", ".join([*strange, *lost]),
            )
        )
    return Placed(node.key, kind, config, {port: given.get(port) for port in known}, node.label)


def _config(model: type[Config], given: Mapping[str, Any]) -> Config:
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        faults = faults_of(error)
        where, fault = next(iter(faults.items()))
        raise Invalid(
            say(
                "{where}：{zh_why}",
                "{where}: {en_why}",
                where=where,
                zh_why=fault.in_("zh"),
                en_why=fault.in_("en"),
            )
        ) from error


def _refuse_rounds(placed: Mapping[str, Placed]) -> None:
    """A way that leads back to itself would run for ever."""
    for start in placed:
        seen, ahead = set[str](), list(_targets(placed[start]))
        while ahead:
            key = ahead.pop()
            if key == start:
                raise Invalid(
                    say("流程绕回了节点「{key}」", "The flow leads back to node {key!r}", key=start),
                    node=start,
                )
            if key not in seen:
                seen.add(key)
                ahead += _targets(placed[key])


def _targets(node: Placed) -> Iterable[str]:
    return [target for target in node.ports.values() if target is not None]
