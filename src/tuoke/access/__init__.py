"""Who may see and change what, as data; people, departments, roles and sessions."""
