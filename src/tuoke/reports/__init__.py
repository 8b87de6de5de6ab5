"""Dashboards: figures defined as data, each of which leads to the records it is made of."""
