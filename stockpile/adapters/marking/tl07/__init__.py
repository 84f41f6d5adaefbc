"""Gravotech and Technifor machines that speak TL07."""
