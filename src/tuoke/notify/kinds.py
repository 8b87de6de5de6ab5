"""Every kind of node there is: those of flows, and those of this room."""

from __future__ import annotations

from tuoke.flows.node import Node
from tuoke.kit.registry import Registry

NODES: Registry[Node] = Registry("node", Node).load("tuoke.flows.nodes").load("tuoke.notify.nodes")
