"""What is locked for one node or with words, in the age format: on the desk and at the registry."""
