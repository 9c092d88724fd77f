"""From bytes to ``Article``: plain text, JSON lines and HTML; blocks, dateline, outlet, stated publication date."""
