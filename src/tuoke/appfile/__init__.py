"""An app as text: read, check, compare, apply and write a folder of YAML."""
