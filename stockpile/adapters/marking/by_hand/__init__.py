"""Machines without a wire: a person sets the text by a work order and starts them."""
