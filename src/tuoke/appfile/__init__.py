"""An app as text: read, check and apply a folder of YAML."""
