"""Label printers: a folder a language for its words and its reader, one driver for all, simulators.

What a printer is sent is first read here as the printer reads it, and its symbols are decoded: a
label that does not say what the record says never leaves. One label goes out at a time, and what
became of it is what the printer tells. Silence is told as silence.

What is said of the languages here comes from their makers' command lists as others quote them, and
from memory; none of it was tried at a printer of ours yet.
"""
