"""Every kind of document an app carries besides tables and roles, in the order they are put."""

from __future__ import annotations

from tuoke.appfile.part import Part
from tuoke.kit.registry import Registry

PARTS: Registry[Part] = Registry("part of an app", Part).load("tuoke.appfile.parts")
