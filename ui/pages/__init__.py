"""Widgets only: one page a topic. What a page shows and does is its view model's business."""
