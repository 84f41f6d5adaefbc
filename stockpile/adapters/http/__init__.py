"""The line to a registry, over HTTP."""
