"""What each page shows and does, without a widget: one model a topic, named as its page."""
