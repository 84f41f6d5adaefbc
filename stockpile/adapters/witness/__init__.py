"""Where a witness of a registry's log keeps what it saw."""
