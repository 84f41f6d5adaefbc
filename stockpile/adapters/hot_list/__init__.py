"""Where lists of lost weapons lie on this computer."""
