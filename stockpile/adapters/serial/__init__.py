"""Bytes over serial ports and sockets; what the bytes mean is the business of other rooms."""
