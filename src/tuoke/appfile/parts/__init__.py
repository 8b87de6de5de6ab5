"""One file, one kind of document of an app: a folder of YAML files, merged and put like tables and roles."""
