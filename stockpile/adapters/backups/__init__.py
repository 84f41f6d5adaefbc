"""Backups: one sealed file that holds a whole home, and a folder that keeps several of them.

Photos lie beside the copies, once each, by their content.
"""
